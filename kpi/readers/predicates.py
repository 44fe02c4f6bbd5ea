"""A target of running text that is a sentence: what it is about, and what is said of it."""

import re

from kpi.lazyre import later

_SPAN = r"\d[\d.]*\s*(?:个?工作日|个?自然日|个?小时|分钟|秒|天|日|个?月|周|年)(?:以|之)?内"
#: 常规故障|4小时内|解决; 受理申请后，|20分钟内|到场
_WITHIN = later(rf"(?P<name>[^\d]{{2,40}}?)[,，]?[在于]?(?P<value>{_SPAN})(?P<rest>[^\d,，]{{0,12}})")
#: 严格控制|日常养护费用|在核定概算以内
_KEPT = later(r"(?:严格|合理|有效)?控制(?P<name>.{2,30}?)(?P<value>在[^,，]{2,16}(?:以|之|范围)内)")
#: 资金支付进度|与工程进度基本同步
_ALONG = later(r"(?P<name>[^,，]{3,30}?)(?P<value>与[^,，]{2,16}(?:同步|一致|持平|相符|匹配))")
#: 力争|单位养护成本|同比下降
_TREND = later(
    r"(?:.{2,20}[,，])?(?:力争|争取|努力|实现)?(?P<name>[^,，]{3,30}?)"
    r"(?P<value>(?:同比|环比|比?较?(?:上年|去年|往年))(?:有所|明显|显著|稳步|持续)?(?:下降|上升|增长|提高|降低|减少|增加|缩短))"
)
#: 应急演练|视天气情况适时|开展; 技能比武|在条件成熟时|组织
_DEPENDS = later(
    r"(?P<name>[^,，]{3,30}?)(?P<value>(?:视|根据|待|在)[^,，]{2,14}(?:情况|需要|安排|成熟|允许|具备)(?:时|后|的情况下)?(?:适时|及时|再)?)"
    r"(?P<rest>(?:组织|开展|实施|举办|启动|进行|完成|办理){1,3})"
)
_PATTERNS = (_WITHIN, _KEPT, _ALONG, _TREND, _DEPENDS)


def predicate(text: str) -> tuple[str, str] | None:
    """The name and the value of a sentence; None where none of the manners of telling them apart fits."""
    found = next((m for pattern in _PATTERNS if (m := pattern.fullmatch(text))), None)
    if found is None:
        return None
    name = found["name"] + (found.groupdict().get("rest") or "")
    return re.sub(r"[\s,，:：]+$", "", name), found["value"]
