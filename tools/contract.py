"""Print the contract for plugins as it is: its names, what each takes in order, what one is handed, and the hooks.

python tools/contract.py > tests/frozen/contract_1.json     (at the release of a version; from then on never)
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import re
from pathlib import Path
from typing import Any

from cstui import api
from cstui.contract.hooks import Hooks

REFERENCE = Path(__file__).parents[1] / "docs" / "plugins.md"
HANDED = ("Context", "Actor", "RuleInForce", "File", "Record", "Evidence")
"""What the host makes, or one derives from: of these the reference names what may be used."""


def takes(one: Any) -> list[str]:
    """Fields of a dataclass, or arguments, in order; "?" marks what may be left out."""
    if dataclasses.is_dataclass(one):
        fields = [(field.name, _is_optional(field)) for field in dataclasses.fields(one)]
    else:
        given = inspect.signature(one).parameters.values()
        fields = [(each.name, each.default is not each.empty) for each in given if each.kind < each.VAR_KEYWORD]
    return [f"{name}?" if optional else name for name, optional in fields]


def _is_optional(field: dataclasses.Field[Any]) -> bool:
    return field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING


def told(name: str) -> list[str]:
    """What the reference names of a class."""
    section = re.search(rf"^### `{name}`\n((?:(?!#).*\n?)*)", REFERENCE.read_text("utf-8"), re.MULTILINE)
    words = re.findall(r"`(?:await )?([a-z]\w*)(?:\(|`)", section[1]) if section else []
    known = {*dir(getattr(api, name)), *getattr(getattr(api, name), "__dataclass_fields__", ())}
    return sorted({*words} & known)


def contract() -> dict[str, Any]:
    """All of it, as it may be compared."""
    ours = {name: getattr(api, name) for name in api.__all__ if name not in (*HANDED, "Login")}
    ours = {name: one for name, one in ours.items() if inspect.isclass(one) or inspect.isfunction(one)}
    hooks = {name: one for name, one in vars(Hooks).items() if name.startswith("cstui_")}
    return {
        "api": api.API,
        "names": sorted(api.__all__),
        "takes": {name: takes(one) for name, one in ours.items()},
        "handed": {name: told(name) for name in HANDED},
        "hooks": {name: [word for word in takes(one) if word != "self"] for name, one in hooks.items()},
    }


if __name__ == "__main__":
    print(json.dumps(contract(), indent=1, ensure_ascii=False))
