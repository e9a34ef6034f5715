"""`python -m cstui.sample DIR --seed N`: the sample spreadsheets as .xlsx and as GB18030 .csv, and a messy one."""

from __future__ import annotations

import argparse
from pathlib import Path

from cstui.sample import SEED, handover, key_register, save, staff_list


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m cstui.sample", description=__doc__)
    parser.add_argument("folder", metavar="DIR", type=Path)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    for name, table in (("staff", staff_list(given.seed)), ("keys", key_register(given.seed))):
        for ending in ("csv", "xlsx"):
            print(save(table, given.folder / f"{name}.{ending}"))
    print(handover.save(given.folder / "old-keys.xlsx"))


if __name__ == "__main__":
    main()
