"""The page in a real browser: no error, its filter, links and keyboard work, it can be read by everybody, it prints."""

from pathlib import Path

import pytest

import kpi
from kpi.reports.lint_formats import FORMATS
from kpi.reports.view import View

pytestmark = pytest.mark.slow
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
WIDTHS = {"phone": 390, "tablet": 820, "desk": 1400}


@pytest.fixture(scope="module")
def outcome():
    return kpi.lint(*sorted(EXAMPLES.glob("*.txt")))


@pytest.fixture
def visit(browser, tmp_path):
    """Open a report; whatever the page complains of is a failure, and so is any request but for itself."""
    open_pages, complaints = [], []

    def opened(outcome, *, width=1400, scheme="light", script=True):
        path = tmp_path / "报告.html"
        path.write_text(FORMATS["html"].render(outcome, View(explain=True)), encoding="utf-8")
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=script
        )
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: request.url.startswith("file:") or complaints.append(request.url))
        page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
        page.goto(path.as_uri())
        open_pages.append(context)
        return page

    yield opened
    for context in open_pages:
        context.close()
    assert complaints == []


def shown(page) -> int:
    return page.locator(".findings > li:visible").count()


def test_everything_is_there_without_a_script(visit, outcome):
    page = visit(outcome, script=False)
    assert shown(page) == len(outcome.findings)
    assert not page.locator("#filter").is_visible()


def test_the_filter(visit, outcome):
    page = visit(outcome)
    said = page.locator("#filter output")
    assert shown(page) == len(outcome.findings)
    page.get_by_role("checkbox", name="警告").uncheck()
    page.get_by_role("checkbox", name="提示").uncheck()
    page.wait_for_timeout(300)
    assert shown(page) == outcome.result.counts["error"]
    assert said.inner_text().startswith(f"显示 {outcome.result.counts['error']} 处（共 {len(outcome.findings)} 处）")
    page.get_by_role("combobox", name="规则").select_option("CST001")
    page.wait_for_timeout(300)
    errors = [f for f in outcome.findings if f.rule == "CST001" and f.severity == "error"]
    assert shown(page) == len(errors)
    assert page.locator(".form:visible").count() == len({(f.document, f.form) for f in errors})
    page.get_by_role("searchbox").fill("养护项目")
    page.wait_for_timeout(300)
    assert 0 < shown(page) < len(errors)
    page.get_by_role("button", name="全部显示").click()
    page.wait_for_timeout(300)
    assert shown(page) == len(outcome.findings)


def test_a_mark_leads_to_its_finding_and_back(visit, outcome):
    page = visit(outcome)
    mark = page.locator("td a.mark").first
    number = mark.inner_text()
    mark.click()
    finding = page.locator(f"#p{number}")
    assert finding.evaluate("one => one.matches(':target')")
    finding.get_by_role("link", name="看这一格").click()
    assert page.locator("td:target").get_by_role("link", name=f"第 {number} 处").is_visible()


def test_every_link_leads_somewhere(visit, outcome):
    page = visit(outcome)
    broken = page.evaluate(
        "[...document.querySelectorAll('a')].filter(a => !document.getElementById(a.getAttribute('href').slice(1)))"
        ".map(a => a.outerHTML)"
    )
    assert broken == []
    twice = page.evaluate(
        "(() => {const ids=[...document.querySelectorAll('[id]')].map(e=>e.id);"
        "return ids.filter((id,n)=>ids.indexOf(id)!==n)})()"
    )
    assert twice == []


def test_a_link_to_what_is_filtered_away_shows_it(visit, outcome):
    page = visit(outcome)
    page.get_by_role("checkbox", name="错误").uncheck()
    page.wait_for_timeout(300)
    first = next(n for n, f in enumerate(outcome.findings, 1) if f.severity == "error")
    page.evaluate(f"location.hash = 'p{first}'")
    page.wait_for_timeout(300)
    assert page.locator(f"#p{first}").is_visible()


def test_the_keyboard_alone(visit, outcome):
    page = visit(outcome)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到各张表"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "forms"
    page.get_by_role("searchbox").focus()
    page.keyboard.type("没有这样的词")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert shown(page) == 0
    assert "报告.html" in page.evaluate("decodeURI(location.href)")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert shown(page) == len(outcome.findings)


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("name", ["examples", "hostile"])
def test_nothing_sticks_out(visit, outcome, hostile, width, name):
    page = visit(outcome if name == "examples" else hostile, width=width)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1400])
def test_it_can_be_read_by_everybody(visit, outcome, scheme, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = visit(outcome, width=width, scheme=scheme)
    results = axe.Axe().run(page)
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in results.response["violations"]] == []


def test_it_prints_whole(visit, outcome, tmp_path):
    page = visit(outcome)
    page.emulate_media(media="print")
    assert not page.locator("#filter").is_visible()
    assert shown(page) == len(outcome.findings)
    assert page.pdf().count(b"/Type /Page\n") or len(page.pdf()) > 100_000


def test_paper_has_a_table_of_contents_and_breaks_no_sentence(visit, outcome):
    page = visit(outcome)
    page.emulate_media(media="print")
    assert page.locator("nav li:visible").count() == page.locator(".form").count()
    inside = "[...document.querySelectorAll('.findings dl > div')].map(e => getComputedStyle(e).breakInside)"
    assert set(page.evaluate(inside)) == {"avoid"}


def test_the_form_beside_shows_the_cell_of_the_card_that_is_read(visit, outcome):
    page = visit(outcome)
    seen = """id => {
        const cell = document.querySelector(document.querySelector(id + ' .where a').hash);
        const [inner, outer] = [cell, cell.closest('.sheet')].map(e => e.getBoundingClientRect());
        return inner.top >= outer.top && inner.bottom <= outer.bottom + 1 && outer.bottom > 0;
    }"""
    for number in range(1, len(outcome.findings) + 1):
        card = page.locator(f"#p{number}")
        if card.locator(".where a").count():
            card.evaluate("e => e.scrollIntoView()")
            page.wait_for_function(seen, arg=f"#p{number}", timeout=3000)


def test_hostile_texts_do_nothing(visit, hostile):
    page = visit(hostile)
    assert shown(page) == len(hostile.findings)
    assert page.locator("td a.mark").count() >= len(hostile.findings)
