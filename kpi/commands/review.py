"""`kpi review`: the 绩效目标审核表 of every form, with points, deductions and what a person has to settle."""

from argparse import Namespace
from collections.abc import Sequence

from kpi import api
from kpi.commands import OK, UNCHECKED
from kpi.commands.options import Parser, add_help, add_no_waivers, add_output, add_ruleset, add_year
from kpi.commands.output import emit_bytes, emit_lines, emit_text, form_of, tell
from kpi.commands.reading import read_paths, working
from kpi.commands.replacing import refuse_overwriting
from kpi.commands.rulesets import judged, ruleset_for, sentences
from kpi.reports.review_outcome import ReviewOutcome

FORMATS = ("text", "json", "jsonl", "xlsx", "docx", "html")


def parser() -> Parser:
    made = Parser(
        "kpi review",
        "kpi review [选项] 路径…",
        "按项目支出绩效目标审核表给每张表判分：机器能判的判好，说明每一分扣在哪里；只有人能判的列出要回答的问题和表中的证据。\n"
        "得分是一个范围：待判的项按 0 分算是最低，按满分算是最高。",
        (
            "kpi review 绩效目标表.docx",
            "kpi review -o 审核表.xlsx 申报材料/",
            "kpi review --judged 审核表.xlsx -o 审核结果.docx 申报材料/",
            "kpi review --ruleset national --no-waivers 申报材料/",
            "kpi review --quiet 申报材料/",
        ),
    )
    made.argument("paths", "路径…", "文件、文件夹，或 -（标准输入）", nargs="+")
    add_output(made, FORMATS)
    made.option("--judged", shown="文件", text="合并审核人填好的工作簿（--format xlsx 生成的）", metavar="文件")
    add_ruleset(made)
    add_no_waivers(made)
    add_year(made, "表中没写年度的，按这一年算")
    made.option("--explain", text="同时说明每一分怎样扣掉、表中怎样写、哪些规则不适用", action="store_true")
    made.option("-q", "--quiet", text="多张表时只显示排名和合计", action="store_true")
    add_help(made)
    return made


def main(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    form = form_of(options.output, options.format, FORMATS)
    inputs = [*options.paths, *([options.judged] if options.judged else [])]
    refuse_overwriting(options.output, inputs)
    ruleset = ruleset_for(options.ruleset, options.paths)
    reading = read_paths(options.paths, options.year)
    outcome = judged(reading, ruleset, options.paths, (), (), waivers=not options.no_waivers, before=None)
    with sentences("审核不了", unread="评分的工作簿 {path} 读不了：{message}"):
        reviewed = api.score(outcome, options.judged)
    _emit(reviewed, form, options)
    return UNCHECKED if reviewed.could_not_check else OK


def _emit(reviewed: ReviewOutcome, form: str, options: Namespace) -> None:
    if form == "text":
        from kpi.reports import review_text

        emit_lines(review_text.render(reviewed, explain=options.explain, quiet=options.quiet), options.output)
    elif form in ("json", "jsonl"):
        from kpi.reports import review_json

        render = review_json.render_json if form == "json" else review_json.render_jsonl
        emit_text(render(reviewed), options.output)
    elif form == "html":
        from kpi.reports import review_html

        emit_text(review_html.render(reviewed), options.output)
    elif form == "xlsx":
        from kpi.reports import review_xlsx

        with working("正在写审核表", len(reviewed.sheets)) as each:
            made = review_xlsx.render(reviewed, each)
        emit_bytes(made, options.output)
    else:
        from kpi.reports import review_docx

        emit_bytes(review_docx.render(reviewed), options.output)
    if options.output is not None:
        from kpi.reports import review_text

        tell(review_text.closing(reviewed, saved=True))
