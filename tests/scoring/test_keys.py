"""The numbers of forms: what tells them apart, and what does not."""

from decimal import Decimal

import pytest

from kpi.model import Entry, Funding, Indicator, Location
from kpi.scoring.content import changes, content_in, content_of
from kpi.scoring.keys import Key, key_in, keys_of
from tests.scoring.conftest import table


def _row(name, value):
    return Indicator("产出指标", "数量指标", name, annual=Entry(value, name, Location()))


ONE, TWO = table(), table(indicators=(_row("巡查次数", "≥20次"),))


def test_forms_of_one_name_are_told_apart_by_what_they_say():
    """Whichever comes first."""
    first, second = keys_of([ONE, TWO])
    assert keys_of([TWO, ONE]) == (second, first)
    assert first.base == second.base == keys_of([ONE])[0].base
    assert (first.content, second.content) == (content_of(ONE).whole, content_of(TWO).whole)
    assert (str(first), str(keys_of([ONE])[0])) == (f"{first.base}-{first.content}", first.base)


def test_an_ordinal_is_left_to_forms_that_say_the_same():
    assert [key.ordinal for key in keys_of([ONE, ONE])] == [1, 2]
    assert keys_of([ONE, ONE])[0].content == ""
    assert [key.ordinal for key in keys_of([ONE, TWO, ONE])] == [1, 1, 2]


def test_the_number_of_a_form_alone_is_that_of_workbooks_that_are_out():
    assert str(keys_of([ONE])[0]) == "09e5c0e6209e"


@pytest.mark.parametrize("key", [Key("0123456789ab"), Key("0123456789ab", "89abcdef"), Key("0123456789ab", "", 2)])
def test_a_number_is_read_as_it_is_written(key):
    assert key_in(f" {key} ") == key


def test_what_is_no_number():
    assert key_in("已核") is None


def test_content_is_read_as_it_is_written():
    content = content_of(ONE)
    assert content_in(content.written) == content
    assert content_in(f"{content.written}…") is None


def test_money_in_another_writing_is_the_same():
    money = [table(annual_funding=Funding(Decimal(text))) for text in ("500000", "500000.00", "5E+5")]
    assert len({content_of(one) for one in money}) == 1


def test_the_order_of_rows_is_no_change():
    rows = (_row("巡查次数", "≥12次"), _row("维修次数", "≥3次"))
    before, after = table(indicators=rows), table(indicators=rows[::-1])
    assert changes(content_of(before), after) == ()


def test_of_very_many_rows_it_is_told_that_they_changed():
    many = table(indicators=tuple(_row(f"第{n}处", "≥1次") for n in range(200)))
    assert changes(content_of(many), table(indicators=many.indicators[1:])) == ("指标",)


def test_several_changed_rows_are_named_and_counted():
    before = table(indicators=tuple(_row(f"第{n}处", "≥1次") for n in range(5)))
    after = table(indicators=tuple(_row(f"第{n}处", "≥2次") for n in range(5)))
    assert changes(content_of(before), after) == ("指标“第0处”“第1处”“第2处”等 5 项",)
