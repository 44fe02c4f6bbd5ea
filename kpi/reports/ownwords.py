"""The words by which kpi knows again what it wrote: renderers write them, and whoever must not take a report for a
form, or write over what people filled in, looks for them. Loads nothing."""

CHECKED = "绩效目标检查结果"  # the title of a check as a page and as Markdown
NOTED = "由 kpi 添加，不属于原文；提交请用原文件"  # under a copy of a text with notes

# The list of findings as a workbook: what the reviewer fills in; the first state stands there until one is chosen.
TO_HANDLE = ("处理", "处理说明")
STATES = ("未处理", "已改", "不改", "误报")

# The list of actual values as a workbook: what the officer fills in. Lists from before there were points lack these.
TO_TELL = ("实际完成值", "全年预计完成", "完成可能性", "偏差原因", "指标性质", "进度安排")
POINTS = ("分值", "得分")

#: The heads of a table of findings, as CSV has them behind its own first one.
COLUMNS = (
    "级别,规则,问题,项目,二级指标,三级指标,侧,原文,位置,发现,改法,"
    "应为,改写为,依据,其他位置,审核内容,文件,把握,规则状态,编号"
)
