"""`python -m kpi` is the same command."""

from kpi.cli import run

run()
