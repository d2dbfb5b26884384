"""The command: ``python -m budgeting.tally FILE.pb --rule equal-shares --json``."""

import sys

from budgeting.tally.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
