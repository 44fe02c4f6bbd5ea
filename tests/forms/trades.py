"""Indicators of other trades than those of the description: names and values as offices of all kinds write them."""

from dataclasses import replace
from random import Random

from tests.forms.spec import TREES, FormSpec, Target, make

PROJECTS = (
    "中小学校舍维修", "社区戒毒康复", "道路清扫保洁", "乡镇卫生院能力提升", "群众文化活动", "农村客运补贴",
    "失业人员技能培训", "法律援助", "种畜场防疫", "数字档案馆建设",
)  # fmt: skip
POOL: dict[str, list[str]] = {
    "数量指标": [
        "维修校舍面积|≥2600平方米", "资助贫困学生人数|1350人", "购置教学设备|45台(套)", "开展禁毒宣传场次|≥24场",
        "清扫道路里程|186.5公里", "转运生活垃圾量|≥3.2万吨", "组织义诊次数|12次", "采购疫苗数量|≥1.5万剂",
        "举办展演活动|≥8场次", "新增客运线路|3条", "培训失业人员|≥600人次", "受理法律援助案件|≥420件",
        "检疫牲畜头数|5万头", "数字化档案卷数|≥2.4万卷", "安装监控点位|≥70个", "印发宣传手册|10000份",
    ],
    "质量指标": [
        "工程验收合格率|=100%", "培训合格率|≥95%", "垃圾无害化处理率|≥99%", "案件办结率|100%", "设备故障率|≤2%",
        "疫苗接种规范率|≥98%", "档案扫描准确率|≥99.5%", "服务质量达标情况|达标", "资金使用合规性|合规",
        "演出质量|良好", "采购程序规范性|符合规定",
    ],
    "时效指标": [
        "项目完成时间|2027年12月31日前", "补助发放及时率|=100%", "案件受理时限|≤3个工作日", "开工时间|2027年4月",
        "垃圾清运及时率|≥98%", "资金支付时间|12月底前", "应急响应时间|≤30分钟", "活动完成及时性|及时",
    ],
    "成本指标": [
        "校舍维修单价|≤450元/平方米", "人均培训成本|≤800元/人", "项目总成本|≤120万元", "垃圾处理单价|≤85元/吨",
        "场均演出费用|≤1.5万元/场", "办案补贴标准|1200元/件",
    ],
    "经济成本指标": ["项目总成本|≤120万元", "人均培训成本|≤800元/人", "垃圾处理单价|≤85元/吨"],
    "社会成本指标": ["施工扰民投诉|≤2起", "停课影响天数|≤3天"],
    "生态环境成本指标": ["施工废弃物排放量|≤20吨", "扬尘超标次数|0次"],
    "经济效益": ["带动就业收入|≥50万元", "旅游收入增长率|≥5%", "降低运输成本|有所降低", "节约电费|≥3万元"],
    "社会效益": [
        "受益学生人数|≥2万人", "群众办事便利程度|明显提升", "治安案件下降率|≥6%", "社会知晓率|≥90%",
        "就业水平|有所提高", "公共文化服务能力|逐步提升",
    ],
    "生态效益": ["人居环境改善情况|明显改善", "空气质量优良天数|≥300天", "污水排放减少量|≥1.2万吨"],
    "可持续影响": ["校舍使用年限|≥20年", "长效管理机制健全性|健全", "对行业发展的影响|持续", "人才队伍稳定性|稳定"],
    "服务对象满意度": ["学生家长满意度|≥90%", "群众满意度|≥95%", "受援人满意度|≥92%", "乘客满意度|≥88%"],
}  # fmt: skip


def form(seed: int, tree: str = "legacy-2015", most: int = 2, reasons: bool = True) -> FormSpec:
    """The form of a seed. `reasons`: some rows miss their target and say why."""
    random = Random(seed)
    base = make(seed, tree, most)
    targets = []
    for one, levels in TREES[tree].items():
        for two in levels:
            pool = [text.split("|") for text in POOL[two]]
            for name, value in random.sample(pool, random.randint(1, min(most, len(pool)))):
                weight = str(random.choice([3, 5, 8, 10, 12, 15]))
                missed = random.random() < 0.2 and reasons
                score, reason = (str(int(weight) - 1), "进度偏慢") if missed else (weight, "")
                targets.append(Target(one, two, name, value, value, weight, value.lstrip("≥≤="), score, reason))
    return replace(base, project=random.choice(PROJECTS), targets=tuple(targets))
