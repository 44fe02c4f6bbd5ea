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
#: 照管人员|若干名, 除臭消杀|符合规范, 农机质量|可靠, 车况|保持良好
_STANDS = later(
    r"(?P<name>[^,，\d]{2,24}?(?<!是否))(?P<value>若干[名个家人处台套次场项]?"
    r"|(?:基本|完全|均|全部|严格)?(?:符合|达到|满足)(?:国家|行业|相关|有关|设计)*(?:规范|规定|标准|要求)"
    r"|(?:保持|基本|较为)*(?:良好|正常|可靠|畅通|整洁|合格)|能够?正常[^,，]{2,6}|得到(?:有效|明显|进一步|基本)?(?:缓解|解决|改善|遏制|保障|提升))"
)
#: 运营补助|按学期|拨付
_PACED = later(
    r"(?P<name>[^,，\d]{2,24}?)(?P<value>按(?:月|季度?|学期|半年|年度?|批次|进度))(?P<rest>(?:拨付|发放|支付|兑付|结算|上报|报送))"
)
_CLAUSE = later("[^,，;；。]+")
_PATTERNS = (_WITHIN, _KEPT, _ALONG, _TREND, _DEPENDS, _STANDS, _PACED)


def predicate(text: str) -> tuple[str, str] | None:
    """The name and the value of a sentence; None where none of the manners of telling them apart fits."""
    found = next((m for pattern in _PATTERNS if (m := pattern.fullmatch(text))), None)
    if found is None:
        return None
    name = found["name"] + (found.groupdict().get("rest") or "")
    return re.sub(r"[\s,，:：]+$", "", name), found["value"]


def predicates(text: str) -> list[tuple[str, str, int]]:
    """农机质量可靠,收储点能正常收草: name, value and offset of clauses each of which is a name and a state; [] where
    one is none, or where there is but one clause."""
    parts = [part for part in _CLAUSE.finditer(text) if part.group().strip()]
    told = [predicate(part.group().strip()) for part in parts] if len(parts) > 1 else []
    pairs = [(*one, part.start()) for one, part in zip(told, parts, strict=True) if one] if told else []
    return pairs if len(pairs) == len(parts) else []
