"""Runs the check from the command line: ``python -m budgeting.verify BUNDLE.zip``."""

import sys

from budgeting.verify.command import main

sys.exit(main(sys.argv[1:]))
