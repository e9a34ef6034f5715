"""`python -m cstui`."""

import sys

from cstui.cli import main

if __name__ == "__main__":
    sys.exit(main())
