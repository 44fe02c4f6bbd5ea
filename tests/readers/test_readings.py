"""What a page says of how its characters are read is left out; what stands in brackets for another reason stays."""

import json

from kpi.readers import read_all, readings
from kpi.readers.readings import plain, printed
from kpi.reports.extract_json import render_json
from kpi.reports.outcome import Reading

SPELLED = """2024年度項(xiàng)目支出績效自評表
| 項(xiàng)目名稱 | 灌溉渠道維護(hù) |
| 產(chǎn)出指標(biāo) | 數(shù)量指標(biāo) | 渠道長度(km) | ≥12公里 |
| 產(chǎn)出指標(biāo) | 質(zhì)量指標(biāo) | 驗(yàn)收合格率 | ≥98% |
| 效益指標(biāo) | 社會(huì)效益指標(biāo) | 受益農(nóng)戶 | 80萬(wàn)戶 |
"""


def _read(text: str):
    (document,) = read_all("form.txt", text.encode())
    return document


def _rows(document) -> list[tuple[str, str]]:
    return [(i.name, i.annual.text) for table in document.tables for i in table.indicators]


def test_a_page_that_spells_out_its_characters() -> None:
    document = _read(SPELLED)
    assert _rows(document) == [("渠道長度(km)", "≥12公里"), ("驗收合格率", "≥98%"), ("受益農戶", "80萬戶")]
    assert document.tables[0].project == "灌溉渠道維護"


def test_a_single_reading_is_part_of_a_name() -> None:
    text = plain(SPELLED).replace("渠道長度", "垚(yáo)溝渠道長度")
    document = _read(text)
    assert _rows(document)[0] == ("垚(yáo)溝渠道長度(km)", "≥12公里")
    assert not document.printed


def test_programs_are_told_what_the_file_prints_and_read_it_back_alike() -> None:
    document = _read(SPELLED)
    report = render_json(Reading((document,), ()))
    rows = json.loads(report)["documents"][0]["tables"][0]["indicators"]
    told = [(row["name"], row["annual"]["text"]) for row in rows]
    assert told == [("渠道長度(km)", "≥12公里"), ("驗(yàn)收合格率", "≥98%"), ("受益農(nóng)戶", "80萬(wàn)戶")]
    (again,) = read_all("form.json", report.encode())
    assert _rows(again) == _rows(document)
    assert render_json(Reading((again,), ())).count("(yàn)") == report.count("(yàn)")


def test_it_is_the_file_that_tells_whether_readings_are_left_out() -> None:
    """Of five readings only two may stand in the names and values that a report tells."""
    text = SPELLED.replace("維護(hù)", "維護").replace("驗(yàn)收", "驗收")
    document = _read(text)
    report = render_json(Reading((document,), ()))
    (again,) = read_all("form.json", report.encode())
    assert _rows(again) == _rows(document)
    assert _rows(document) == [("渠道長度(km)", "≥12公里"), ("驗收合格率", "≥98%"), ("受益農戶", "80萬戶")]


def test_a_text_that_no_spelled_cell_holds_is_not_looked_for(monkeypatch) -> None:
    """Of a thousand rows it would take minutes."""
    rows = "".join(f"| 產(chǎn)出指標(biāo) | 數(shù)量指標(biāo) | 渠道{i}段長度 | ≥{i}公里 |\n" for i in range(40))
    asked: list[str] = []
    own = readings._piece
    monkeypatch.setattr(readings, "_piece", lambda text, cell: asked.append(text) or own(text, cell))
    assert len(_read(f"2024年度項(xiàng)目支出績效自評表\n{rows}").tables[0].indicators) == 40
    assert not [text for text in asked if "公里" in text or "長度" in text]


def test_findings_quote_the_file_and_speak_plainly() -> None:
    import kpi
    from kpi.reports.printed import finding_as_printed

    document = _read(SPELLED)
    found = [one for one in kpi.lint(document).findings if one.indicator == "受益農戶"]
    (said,) = {finding_as_printed(one, document.printed).indicator for one in found}
    assert said == "受益農(nóng)戶"
    assert all("(nóng)" not in one.message for one in found)


def test_a_part_of_a_cell() -> None:
    lines = (
        "數(shù)量指標(biāo):資助困難學(xué)生160人;",
        "質(zhì)量指標(biāo):補(bǔ)助標(biāo)準(zhǔn)100%;",
        "時(shí)效指標(biāo):發(fā)放率100%;",
    )
    document = _read("\n".join(lines))
    assert document.printed["資助困難學生"] == "資助困難學(xué)生"
    assert printed(document.tables, ()) == {}
