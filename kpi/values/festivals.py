"""The day of a festival in a year: solar ones by table, lunar ones and solar terms by LunarCalendar.

A year is a calendar year: 2026年除夕 is the eve of the Spring Festival of 2026. Where a year holds such a day twice or
not at all (腊八 falls around the New Year), or where the calendar was not checked, the answer is None and the festival
stays a name.
"""

from datetime import date, timedelta
from functools import lru_cache

_FIXED = {
    "元旦": (1, 1), "三八": (3, 8), "妇女节": (3, 8), "植树节": (3, 12), "五一": (5, 1), "劳动节": (5, 1),
    "五四": (5, 4), "护士节": (5, 12), "六一": (6, 1), "儿童节": (6, 1), "七一": (7, 1), "建党节": (7, 1),
    "八一": (8, 1), "建军节": (8, 1), "教师节": (9, 10), "十一": (10, 1), "国庆": (10, 1), "医师节": (8, 19),
    "环境日": (6, 5), "宪法日": (12, 4), "平安夜": (12, 24), "圣诞": (12, 25), "消防日": (11, 9),
}  # fmt: skip
#: Month and day of the lunar calendar. 小年 is the 23rd in the north and the 24th in the south: the earlier one.
_LUNAR = {
    "春节": (1, 1), "元宵": (1, 15), "龙抬头": (2, 2), "端午": (5, 5), "七夕": (7, 7), "中元": (7, 15),
    "中秋": (8, 15), "重阳": (9, 9), "腊八": (12, 8), "小年": (12, 23),
}  # fmt: skip
_TERMS = {
    "立春": "LiChun", "惊蛰": "JingZhe", "春分": "ChunFen", "清明": "QingMing", "谷雨": "GuYu", "立夏": "LiXia",
    "小满": "XiaoMan", "芒种": "MangZhong", "夏至": "XiaZhi", "立秋": "LiQiu", "处暑": "ChuShu", "白露": "BaiLu",
    "秋分": "QiuFen", "寒露": "HanLu", "霜降": "ShuangJiang", "立冬": "LiDong", "冬至": "DongZhi",
}  # fmt: skip
#: The library's new moons agree with the astronomical ones of Beijing time throughout; before and after, some do not.
_CHECKED = range(1929, 2057)


@lru_cache(maxsize=256)
def festival(name: str, year: int) -> tuple[int, int] | None:
    """Month and day of a festival in a calendar year, None where no single day is certain."""
    name = name if name in _FIXED or name in _LUNAR else name.removesuffix("节")
    if name in _FIXED:
        return _FIXED[name]
    if year not in _CHECKED:
        return None
    if name in _TERMS:
        from lunarcalendar import solarterm  # type: ignore[import-untyped]  # noqa: PLC0415 - ephem and the time zones; few forms name such a day

        day: date = getattr(solarterm, _TERMS[name])(year)
        return day.month, day.day
    if name == "除夕":
        before = _solar(year, 1, 1) - timedelta(days=1)
        return before.month, before.day
    if name not in _LUNAR:
        return None
    days = [day for day in (_solar(lunar, *_LUNAR[name]) for lunar in (year - 1, year)) if day.year == year]
    return (days[0].month, days[0].day) if len(days) == 1 else None


def _solar(year: int, month: int, day: int) -> date:
    """The solar date of a day in an ordinary (not a leap) lunar month."""
    from lunarcalendar import Converter, Lunar  # noqa: PLC0415 - as above

    found = Converter.Lunar2Solar(Lunar(year, month, day, isleap=False))
    return date(found.year, found.month, found.day)
