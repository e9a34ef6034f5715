"""Write the areas' figures into config.toml to begin with, commented out, below the line that announces them.

python tools/figures.py     (after a change of rules)
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from cstui.config import Settings
from cstui.contract.declare import Area
from cstui.plugins import load

CONFIG = Path(__file__).parents[1] / "src/cstui/sample/config.toml"
MARK = "# ---- "


def toml(value: Any) -> str:
    """A figure as config.toml writes it."""
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        if minutes % 60:
            return f'"{minutes} min"'
        return f'"{minutes // 1440} d"' if minutes % 1440 == 0 and minutes > 1440 else f'"{minutes // 60} h"'
    if isinstance(value, tuple | list | frozenset):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(str(value), ensure_ascii=False) if isinstance(value, str) else str(value)


def tables(areas: Iterable[Area]) -> str:
    """One commented table for each area that has figures."""
    blocks = []
    for area in areas:
        lines = []
        for rule in area.rules:
            for param in rule.params:
                remark = f"{rule.id}{'†' * param.proposed}" + (
                    f" · {' | '.join(param.choices)}" if param.choices else ""
                )
                lines.append(f"# {f'{param.name} = {toml(param.default)}':<50} # {remark}")
        if lines:
            blocks.append("\n".join([f"# [{area.id}]", *lines]))
    return "\n\n".join(blocks) + "\n"


def main() -> None:
    """Rewrite the file's last part."""
    head, mark, rest = CONFIG.read_text("utf-8").partition(MARK)
    line = rest.partition("\n")[0]
    areas = load(Settings(), environ={"CSTUI_STRICT": "1"}).areas.values()
    CONFIG.write_text(f"{head}{mark}{line}\n\n{tables(areas)}", "utf-8")


if __name__ == "__main__":
    main()
