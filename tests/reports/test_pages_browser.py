"""The pages of monitor, evaluate and compare in a real browser: no sideways scrolling, readable by everybody, cards
with labels on a phone."""

from datetime import date
from pathlib import Path

import pytest

import kpi
from kpi.reports import compare_html, evaluate_html, monitor_html

pytestmark = pytest.mark.slow
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
EARLIER = "三级指标,实际完成值\n维修教学楼栋数,0栋\n维修校舍面积,200平方米\n受益学生人数,0人\n"


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    home = tmp_path_factory.mktemp("页")
    (home / "2026-04-30.csv").write_text(EARLIER, "utf-8")
    forms = [EXAMPLES / "clean-school.txt", EXAMPLES / "single-half-clinic.txt"]
    watched = kpi.monitor(
        *forms, actuals=EXAMPLES / "school-july.csv", as_of=date(2026, 7, 31), previous=[home / "2026-04-30.csv"]
    )
    made = {
        "监控": monitor_html.render(watched),
        "自评": evaluate_html.render(kpi.evaluate(EXAMPLES / "school-last-year.csv")),
        "对比": compare_html.render(kpi.compare(EXAMPLES / "school-last-year.csv", EXAMPLES / "clean-school.txt")),
    }
    for name, text in made.items():
        (home / f"{name}.html").write_text(text, "utf-8")
    return home


@pytest.fixture
def visit(browser, pages):
    opened = []

    def visited(name, width, scheme="light"):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        opened.append(context)
        page = context.new_page()
        page.goto((pages / f"{name}.html").as_uri())
        return page

    yield visited
    for context in opened:
        context.close()


@pytest.mark.parametrize("name", ["监控", "自评", "对比"])
@pytest.mark.parametrize("width", [390, 900, 1400])
def test_nothing_lies_beyond_the_edge(visit, name, width):
    page = visit(name, width)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    inside = "[...document.querySelectorAll('.wide')].every(e => e.scrollWidth <= e.clientWidth + 1)"
    assert page.evaluate(inside)


@pytest.mark.parametrize("name", ["监控", "自评", "对比"])
def test_a_phone_shows_every_cell_with_its_label(visit, name):
    page = visit(name, 390)
    assert page.locator("thead").first.is_hidden()
    labels = page.evaluate(
        "[...document.querySelectorAll('td:not(.key):not(.none)')]"
        ".map(e => getComputedStyle(e, '::before').content.replaceAll('\"', ''))"
    )
    assert labels
    assert all(labels)


def test_figures_are_not_broken(visit):
    page = visit("自评", 900)
    tall = "[...document.querySelectorAll('td.n > div')].map(e => e.getClientRects().length && e.offsetHeight)"
    line = page.evaluate("parseFloat(getComputedStyle(document.body).lineHeight)")
    assert all(height < 1.6 * line for height in page.evaluate(tall))


@pytest.mark.parametrize("name", ["监控", "自评", "对比"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_it(visit, name, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    found = axe.Axe().run(visit(name, 1200, scheme))
    assert [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]] == []
