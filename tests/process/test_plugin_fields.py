"""A site's own records in Python: what the store has stays, whatever is declared now."""

from __future__ import annotations

from pathlib import Path

from tests.process.conftest import Cli
from tests.process.test_plugin_kit import edit


def test_a_choice_that_is_taken_out_stays_where_it_was_chosen(cli: Cli, config_path: Path) -> None:
    record = "part: tag code 12, kind choice new/old, n? number"
    assert cli("plugin", "new", "parts", "--record", record).code == 0
    for tag, kind in (("A1", "old"), ("A2", "new")):
        assert cli("parts", "add", "--tag", tag, "--kind", kind).code == 0
    models = config_path.parent / "plugins/parts/models.py"
    edit(models, '    OLD = "old"\n', "")
    edit(models, "n = fields.IntField(null=True)", "n = fields.IntField(null=True, unique=True)")  # two have none
    assert cli("plugin", "migrate", "parts", "--yes").code == 0
    assert [row["values"]["kind"] for row in cli("list", "parts.parts", "--json").json["rows"]] == ["old", "new"]
    assert cli("parts", "change", "--part", "A1", "--n", "3").code == 0
    assert cli("parts", "change", "--part", "A1", "--kind", "old").code == 2
    assert "old" in cli("list", "parts.parts").out
    # what goes wrong in its code is told with its line there
    edit(models.with_name("parts.py"), "await Part.create(", "Part.create(")
    told = cli("parts", "add", "--tag", "A3", "--kind", "new")
    assert told.code == 70 and "AttributeError, parts/parts.py:" in told.err, told
    # a migration that was applied is gone: told, and nothing is written
    folder = models.with_name("migrations")
    (applied,) = folder.glob("0002*.py")
    applied.rename(folder / "kept")
    edit(models, "null=True, unique=True", "null=True")
    gone = cli("plugin", "migrate", "parts", "--yes")
    assert gone.code == 4 and f"{applied.stem}, but the file is gone" in gone.err
    assert len([*folder.glob("0*.py")]) == 1
