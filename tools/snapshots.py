"""Accept what the screens look like now: write tests/tui/snapshots/accepted anew, and say which pictures changed.

python tools/snapshots.py [-k NAME]     (look at what changed before you commit it: rsvg-convert NAME.svg -o NAME.png)
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "tests/tui/snapshots/accepted"


def main(more: list[str]) -> int:
    before = {path: path.read_text("utf-8") for path in PICTURES.glob("*.svg")}
    if not more:
        for path in before:  # what no test paints any more goes
            path.unlink()
    command = [sys.executable, "-m", "pytest", "-q", "tests/tui/snapshots", *more]
    code = subprocess.call(command, cwd=ROOT, env=os.environ | {"CSTUI_ACCEPT": "1"})
    after = {path: path.read_text("utf-8") for path in PICTURES.glob("*.svg")}
    for path in sorted({*before, *after}):
        if before.get(path) != after.get(path):
            print("gone" if path not in after else "new" if path not in before else "changed", path.relative_to(ROOT))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
