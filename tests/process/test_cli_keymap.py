"""What doctor and plugin list tell of keys: a faulty keymap, and who lost a key to whom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

KEYMAP = '\n[keymap]\n"keys.return" = ["l"]\n"keys.lned" = "x"\n'


def test_doctor_and_plugin_list_name_who_lost_a_key(cli: Any, config_path: Path) -> None:
    assert "keys.lend" not in cli("plugin", "list").out
    config_path.write_text(config_path.read_text() + KEYMAP)
    told = cli("doctor").out
    assert "l belongs to keys.return; keys.lend is in the menu and the command list" in told
    assert "keys.lned is no action. The nearest is keys.lend" in told
    assert "l for keys.lend belongs to keys.return" in cli("plugin", "list").out
    assert cli("review").code == 0, "nobody is kept from working by a key"


def test_json_tells_the_same(cli: Any, config_path: Path) -> None:
    config_path.write_text(config_path.read_text() + KEYMAP)
    plugins = {one["name"]: one for one in cli("--json", "plugin", "list").json["plugins"]}
    assert plugins["cstui_keys"]["state"] == "active" and "keys.lend" in plugins["cstui_keys"]["reason"]
    assert {
        "name": "keys",
        "seen": "l belongs to keys.return; keys.lend is in the menu and the command list",
        "ok": True,
    } in (cli("--json", "doctor").json["checks"])
