"""Characters that PDF fonts give in place of the ones meant: radicals, compatibility forms, symbols of private use."""

import unicodedata

BROKEN = "\ufffd"
_SUPPLEMENT = (  # U+2E80–2EF3, which NFKC leaves alone; from Unicode's EquivalentUnifiedIdeograph
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇几⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗㣺⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬"
    "⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺳㓁⺴㓁⺵㓁⺶羊⺷羊⺸羊⺹耂⺺肀⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角"
    "⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞飠⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦"
    "⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
# The Symbol font's own code page, where a font brings no table of its characters.
_SYMBOL = {0xB3: "≥", 0xA3: "≤", 0xB1: "±", 0xB4: "×", 0xB0: "°", 0xB9: "≠", 0xBB: "≈", 0xB8: "÷", 0xB7: "·"}


def _folds() -> dict[int, str]:
    table = {ord(a): b for a, b in zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)}
    kangxi_and_compatibility = (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00))
    table |= {code: unicodedata.normalize("NFKC", chr(code)) for code in kangxi_and_compatibility}
    table |= {0xF000 + code: chr(code) for code in range(0x20, 0x7F)}
    table |= {0xF000 + code: char for code, char in _SYMBOL.items()}
    table |= dict.fromkeys((0x02, 0xFFFE), "-")  # how pdfium marks a hyphen at the end of a line
    table |= dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF), "")
    return table | dict.fromkeys((0, 0xFFFF, *range(0xD800, 0xE000)), BROKEN)


_FOLDS = _folds()


def plain(code: int) -> str:
    """The character meant by a code of a PDF; "" for what shows nothing, `BROKEN` for what stands for no character."""
    folded = _FOLDS.get(code)
    if folded is not None:
        return folded
    return chr(code) if code < 0x110000 else BROKEN
