"""How long rows take to become forms: recognition alone, without opening the file and without any rule.

The only limit in a unit of time: what a form costs is felt by whoever drops a folder of a thousand on the program.
"""

from measure import fastest, finish, forms, table, verdict

from kpi.readers import Source, recognise
from kpi.readers.formats.text import source

FORMS = 240
LIMIT = 2.0


def _milliseconds(made: Source) -> float:
    return fastest(lambda: recognise(made)) / FORMS * 1000


def main() -> None:
    made = source(forms(FORMS), "-")
    count = len(recognise(made).tables)
    each = _milliseconds(made)
    table([("由行认出目标表", "张数", "每张"), ("kpi", str(count), f"{each:.2f} 毫秒")])
    finish([verdict("认出一张目标表", each, LIMIT, "毫秒"), count == FORMS])


if __name__ == "__main__":
    main()
