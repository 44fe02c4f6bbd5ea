"""What a page says of how its characters are read is left out; what stands in brackets for another reason stays."""

from kpi.readers import read_all

SPELLED = """2024年度項(xiàng)目支出績效自評表
| 項(xiàng)目名稱 | 灌溉渠道維護(hù) |
| 產(chǎn)出指標(biāo) | 數(shù)量指標(biāo) | 渠道長度(km) | ≥12公里 |
| 產(chǎn)出指標(biāo) | 質(zhì)量指標(biāo) | 驗(yàn)收合格率 | ≥98% |
"""


def _read(text: str) -> list[tuple[str, str]]:
    (document,) = read_all("form.txt", text.encode())
    return [(i.name, i.annual.text) for table in document.tables for i in table.indicators]


def test_a_page_that_spells_out_its_characters() -> None:
    assert _read(SPELLED) == [("渠道長度(km)", "≥12公里"), ("驗收合格率", "≥98%")]


def test_a_single_reading_is_part_of_a_name() -> None:
    plain = SPELLED
    for reading in ("(xiàng)", "(hù)", "(chǎn)", "(biāo)", "(shù)", "(zhì)", "(yàn)"):
        plain = plain.replace(reading, "")
    assert _read(plain.replace("渠道長度", "垚(yáo)溝渠道長度"))[0] == ("垚(yáo)溝渠道長度(km)", "≥12公里")
