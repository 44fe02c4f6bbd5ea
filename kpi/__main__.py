"""`python -m kpi` is the same command."""

import sys

from kpi.cli import main

sys.exit(main())
