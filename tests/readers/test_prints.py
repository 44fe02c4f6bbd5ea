"""The same form in every way in which texts print it reads alike; what cannot be told apart is bounded."""

from collections import Counter
from decimal import Decimal
from random import Random

import pytest
from form_maker import GLUED, PRINTS, by_column, make, sideways

from kpi.readers import read_text

OPTIONS = [
    {},
    {"weights": True},
    {"kind": "self"},
    {"repeat": True},
    {"points": True},
    {"kind": "self", "points": True},
    {"split": True},
    {"split": True, "weights": True},
    {"heads": "names"},
    {"heads": "contents", "weights": True},
    {"heads": "units"},
]
NAMED = ["-".join(map(str, o.values())) or "plain" for o in OPTIONS]


def reading(text):
    (table,) = read_text(text).tables
    return table, [[i.level1, i.level2, i.name, i.annual.text] for i in table.indicators]


@pytest.mark.parametrize("options", OPTIONS, ids=NAMED)
@pytest.mark.parametrize("prints", PRINTS, ids=lambda p: p.__name__)
def test_every_print_of_a_form_reads_alike(prints, options):
    for seed in range(6):
        form = make(Random(seed))
        table, rows = reading(prints(form, **options))
        assert rows == form.expected
        assert table.project == form.project
        assert table.annual_funding.total == Decimal(form.budget) * 10000
        assert table.unit == "澄湖县水利站"
        if options.get("weights") or options.get("kind"):
            assert [i.weight for i in table.indicators] == [row[4] for row in form.rows]
        if options.get("kind"):
            assert [i.actual.text for i in table.indicators] == [row[3] for row in form.rows]
            assert table.form == "self-evaluation"


@pytest.mark.slow
@pytest.mark.parametrize("options", OPTIONS, ids=NAMED)
@pytest.mark.parametrize("prints", GLUED, ids=lambda p: p.__name__)
def test_text_without_separators(prints, options):
    """A state in words and the next name cannot always be told apart; everything else can."""
    right = said = wanted = 0
    for seed in range(12):
        form = make(Random(seed))
        table, rows = reading(prints(form, **options))
        right += sum((Counter(map(tuple, rows)) & Counter(map(tuple, form.expected))).values())
        said, wanted = said + len(rows), wanted + len(form.expected)
        assert table.project == form.project
        assert table.annual_funding.total == Decimal(form.budget) * 10000
    assert right >= 0.97 * wanted
    assert right >= 0.98 * said


def test_a_form_on_its_side():
    for seed in range(8):
        form = make(Random(seed))
        table, rows = reading(sideways(form))
        assert rows == form.expected
        assert [i.weight for i in table.indicators] == [row[4] for row in form.rows]


def test_a_table_column_by_column():
    right = wanted = 0
    for seed in range(12):
        form = make(Random(seed))
        _, rows = reading(by_column(form))
        assert [row[2:] for row in rows] == [row[2:] for row in form.expected]
        right += sum(a == b for a, b in zip(rows, form.expected, strict=True))
        wanted += len(rows)
    assert right >= 0.6 * wanted  # where a label has several rows, only the names tell


@pytest.mark.slow
@pytest.mark.parametrize("prints", [*PRINTS, *GLUED], ids=lambda p: p.__name__)
def test_damaged_prints_are_answered(prints):
    """Characters lost, doubled and swapped at random: always an answer, never an error."""
    random = Random(20270101)
    for _ in range(40):
        text = list(prints(make(random), **random.choice(OPTIONS)))
        for _ in range(random.randint(1, 12)):
            at = random.randrange(len(text))
            text[at : at + random.randint(0, 3)] = random.choice(
                [[], ["\n"], [" "], ["|"], ["\t"], ["指"], ["9"], ["("]]
            )
        document = read_text("".join(text))
        assert all(table.indicators for table in document.tables)


GLUED_HEADS = "项目名称甲一级指标二级指标三级指标年度指标值实际完成值分值得分"


@pytest.mark.parametrize(
    "text",
    [
        GLUED_HEADS + "产出指标数量指标" + "养护里程" * 4000,
        GLUED_HEADS + "产出指标数量指标" + "1" * 20_000,
        GLUED_HEADS + "产出指标数量指标" * 2000,
        "项目名称 甲 一级指标 二级指标 三级指标 指标值 产出指标 数量指标 " + "养护里程 ≥5公里 " * 900,
        "项目名称 |\n甲 |\n一级指标 |\n二级指标 |\n三级指标 |\n指标值 |\n产出指标 |\n数量指标 |\n"
        + "养护 |\n里程 |\n" * 2000,
        "三级指标\n" * 800,
        "项目名称\t数量指标\t质量指标\n" + ("甲\t" + "养护≥5；" * 3000 + "\t好\n") * 3,
        "2027年预算支出总表\n科目编码\t科目名称\t合计\n" + "213\t农林\t5\n" * 3000,
        "本部门支出5万元，" * 20_000,
    ],
    ids=["words", "digits", "labels", "blanks", "cells", "heads", "items", "budget", "sentence"],
)
def test_long_texts_are_answered(text):
    document = read_text(text)
    assert all(table.indicators for table in document.tables)
