"""How long rows take to become forms: recognition alone, without opening the file, against checking those forms.

A limit in milliseconds would be one on the machine: what a clerk waits for is the whole of a check, of which finding
the forms may be a small part.
"""

from measure import fastest, finish, forms, table, verdict

from kpi.readers import recognise
from kpi.readers.formats.text import source
from kpi.rules import lint, load

FORMS = 240
ROUNDS = 5
LIMIT = 0.5


def main() -> None:
    made, national = source(forms(FORMS), "-"), load("national")
    document = recognise(made)
    count = len(document.tables)
    reading = fastest(lambda: recognise(made), ROUNDS) / FORMS * 1000
    checking = fastest(lambda: lint([document], national), ROUNDS) / FORMS * 1000
    told = [("每张表", "用时"), ("由行认出目标表", f"{reading:.2f} 毫秒"), ("检查（全部规则）", f"{checking:.2f} 毫秒")]
    table(told)
    finish([verdict("认出与检查一张表的用时之比", reading / checking, LIMIT), count == FORMS])


if __name__ == "__main__":
    main()
