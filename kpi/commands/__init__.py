"""The commands of `kpi`, one a module: `configure` says what it takes, `run` does it and returns the exit status."""

from typing import NamedTuple

OK, FOUND, UNCHECKED = 0, 1, 2


class Command(NamedTuple):
    """A command as the overview lists it; its module is loaded when it is called."""

    name: str
    module: str
    summary: str
    example: str


COMMANDS = (
    Command("lint", "kpi.commands.lint", "检查绩效目标表，指出问题、依据和改法", "kpi lint 绩效目标表.docx"),
    Command("fix", "kpi.commands.fix", "改正能自动改的问题，另存一份，逐处列出", "kpi fix 绩效目标表.docx"),
    Command("review", "kpi.commands.review", "按绩效目标审核表判分，说明扣分，列出要人判的", "kpi review 申报材料/"),
    Command("compare", "kpi.commands.compare", "对比两份绩效目标表，看改了什么", "kpi compare 去年.docx 今年.docx"),
    Command(
        "monitor", "kpi.commands.monitor", "年中对照完成情况：进度、红黄灯、全年推算",
        "kpi monitor 绩效目标表.docx --actuals 完成情况.xlsx --as-of 2026-07-31",
    ),
    Command(
        "evaluate", "kpi.commands.evaluate", "年末重算绩效自评表的得分、总分和等次",
        "kpi evaluate 绩效目标表.docx --actuals 绩效自评表.docx",
    ),
    Command("waive", "kpi.commands.waive", "登记经同意先留着的问题", "kpi waive --help"),
    Command("init", "kpi.commands.init", "放一份本单位规则集的样本", "kpi init"),
    Command("rules", "kpi.commands.rules", "列出规则、解释一条规则、校验自己写的规则集", "kpi rules show UNI001"),
    Command("parse", "kpi.commands.parse", "看一个指标值会被怎样理解", "kpi parse ≤20万元"),
    Command("extract", "kpi.commands.extract", "列出从文件中读到的内容，不作检查", "kpi extract 绩效目标表.docx"),
    Command("schema", "kpi.commands.schema", "打印 JSON 输出的格式定义（JSON Schema）", "kpi schema lint"),
    Command("completion", "kpi.commands.completion", "生成命令行的补全脚本（按 Tab 键）", "kpi completion bash"),
)
