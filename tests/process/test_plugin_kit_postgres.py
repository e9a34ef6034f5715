"""Changed fields of a site's own area, on PostgreSQL: done, or refused before anything is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.process.test_plugin_kit import VISIT, edit, lenient  # noqa: F401

from cstui.cli import main
from cstui.identity import account


def test_the_site_is_on_a_server(on_empty_postgres: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with on_empty_postgres.open("a", encoding="utf-8") as config:  # which areas there are makes no difference here
        config.write('\n[plugins]\ndisabled = ["keys", "hygiene", "confidentiality", "rewards"]\n')

    def call(*words: str) -> tuple[int, str]:
        capsys.readouterr()
        code = main(["--config", str(on_empty_postgres), *words])
        return code, "".join(capsys.readouterr())

    assert call("init", "--admin", account())[0] == 0
    assert call("plugin", "new", "visitors", "--record", VISIT)[0] == 0
    assert call("visitors", "add", "--visitor", "李强", "--host", account(), "--until", "+2 h")[0] == 0
    models = on_empty_postgres.parent / "plugins/visitors/models.py"
    edit(models, "max_length=40)", 'max_length=80)\n    plate = fields.CharField(max_length=12, default="")')
    assert "plugin migrate visitors" in call("list", "visitors.visits")[1]
    assert call("plugin", "migrate", "visitors", "--yes")[0] == 0
    code, said = call("list", "visitors.visits")
    assert code == 0 and "李强" in said
    assert call("journal", "verify")[0] == 0
    edit(models, "max_length=80", "max_length=1")
    code, said = call("plugin", "migrate", "visitors", "--yes")
    assert code == 1 and "longer than 1 in visitor" in said
