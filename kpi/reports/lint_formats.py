"""The formats of `kpi lint` besides text: which module writes which."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import NamedTuple, cast

from kpi.reports.outcome import Outcome
from kpi.reports.view import View

Render = Callable[[Outcome, View], str | bytes]


class Format(NamedTuple):
    """`about` is for the help."""

    module: str
    about: str
    function: str = "render"

    @property
    def render(self) -> Render:
        """Loaded when it is asked for: a format must not cost the others its libraries."""
        return cast(Render, getattr(import_module(f"kpi.reports.{self.module}"), self.function))


FORMATS: Mapping[str, Format] = {
    "html": Format("lint_html", "网页，表画在左边，问题写在旁边，可打印"),
    "xlsx": Format("lint_xlsx", "审核用的问题清单"),
    "docx": Format("lint_docx", "修改意见书"),
    "md": Format("lint_md", "Markdown"),
    "csv": Format("lint_csv", "一行一个问题"),
    "json": Format("lint_json", "给程序用", function="render_json"),
    "jsonl": Format("lint_json", "给程序用，一个文件一行", function="render_jsonl"),
    "sarif": Format("lint_sarif", "SARIF 2.1.0，给代码平台用"),
    "junit": Format("lint_junit", "JUnit XML，给持续集成用"),
    "github": Format("lint_github", "GitHub 工作流的标注"),
}
