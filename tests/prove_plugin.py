"""Options of pytest for `make prove`: tests of one rule only, that rule switched off, what all runs share."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("rules of the regulations")
    group.addoption("--rule", metavar="ID", help="run only tests marked with this rule")
    group.addoption("--shared", metavar="FOLDER", help="where stores are made that tests copy, for the next run, too")
    group.addoption("--rule-off", metavar="ID", action="append", default=[], help="switch this rule off (repeatable)")


def rules_of(item: pytest.Item) -> set[str]:
    """Ids of the rules a test is marked with."""
    return {str(rule_id) for mark in item.iter_markers("rule") for rule_id in mark.args}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = config.getoption("rule")
    if not wanted:
        return
    kept = [item for item in items if wanted in rules_of(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept
