"""What a report of a check may be asked for besides its format."""

from typing import NamedTuple


class View(NamedTuple):
    """`explain`: also why each rule exists and where it errs; `quiet`: the closing lines only; `fail_on`: the grade
    from which on the run fails; `template`: the office's own Word file."""

    explain: bool = False
    quiet: bool = False
    fail_on: str = "error"
    template: bytes | None = None
