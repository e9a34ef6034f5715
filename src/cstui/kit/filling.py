"""Templates: `$name` is a value, and what stands between `%if fact` and `%end` is left out where it isn't so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from string import Template

FOLDER = Path(__file__).parent / "templates"


def fill(name: str, values: Mapping[str, str | bool]) -> str:
    """The text of a template; a value that isn't empty is a fact, too. A line of an empty value is left out."""
    kept: list[str] = []
    shown = [True]
    for line in (FOLDER / f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("%if "):
            shown.append(shown[-1] and bool(values[line.removeprefix("%if ")]))
        elif line == "%else":
            shown[-1] = shown[-2] and not shown[-1]
        elif line == "%end":
            shown.pop()
        elif shown[-1] and not (line.startswith("$") and values.get(line[1:]) == ""):
            kept.append(line)
    made = Template("\n".join(kept) + "\n").substitute(values)
    return re.sub(r"\n{4,}", "\n\n\n", made)
