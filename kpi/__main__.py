"""`python -m kpi` is the same command, and where the installed one begins."""

from typing import NoReturn

from kpi.interrupts import listen


def run() -> NoReturn:
    """Ready for Ctrl-C before anything is loaded."""
    listen()
    from kpi.cli import run as program  # noqa: PLC0415

    program()


if __name__ == "__main__":
    run()
