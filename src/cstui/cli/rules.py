"""The regulations as the program holds them: rules in words with the figures in force, and the trace."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cstui.contract.errors import BadInput

if TYPE_CHECKING:
    from cstui.cli.call import Call
    from cstui.contract.context import Actor, Context
    from cstui.contract.rules import Param, Rule
    from cstui.host import Host


def chosen(host: Host, name: str | None) -> list[Rule]:
    """The rules of an area, the one of an id, or all. Raises BadInput."""
    if not name:
        return list(host.rules.values())
    if name in host.rules:
        return [host.rules[name]]
    rules = [rule for rule in host.rules.values() if rule.area == name]
    if not rules and name not in host.areas:
        near = difflib.get_close_matches(name, [*host.rules, *host.areas], 4, 0.5)
        raise BadInput("cli.rules.none", value=name, near=", ".join(near) or "—")
    return rules


def show(call: Call) -> int:
    """`cstui rules [AREA|ID]`: in words, with the figures in force and where it stands."""

    async def act(host: Host, actor: Actor) -> int:
        ctx = await host.context(actor)
        rules = chosen(host, call.given.get("AREA|ID"))
        talk = call.talk
        if talk.json:
            talk.document({"day": ctx.today, "rules": [_as_json(call, ctx, rule) for rule in rules]})
            return 0
        for rule in rules:
            off = "" if ctx.rule(rule.id).on else "  " + talk.say("cli.rules.off")
            talk.data(f"{rule.id}  {talk.say(rule.words)}{off}")
            for name, said in figures(call, ctx, rule):
                talk.data(f"    {name} = {said}")
            talk.data(f"    {rule.source} {talk.say(f'basis.{rule.basis}')}".rstrip())
        return 0

    return call.on_host(act)


def figures(call: Call, ctx: Context, rule: Rule) -> list[tuple[str, str]]:
    """A rule's figures in force today, as written; † marks what stands in no regulation."""
    in_force = ctx.rule(rule.id)
    return [
        (_named(call, param, rule.area), _figure(call, param, in_force.figures[param.name], rule.area))
        for param in rule.params
    ]


def _named(call: Call, param: Param, area: str) -> str:
    """A figure's name in config.toml, and what it is."""
    label = call.talk.words.figure_label(area, param.name, call.talk.lang)
    return param.name if label == param.name else f"{param.name} ({label})"


def _figure(call: Call, param: Param, value: Any, area: str) -> str:
    """A figure with its unit; † where it stands in no regulation."""
    return call.talk.words.figure(param, value, call.talk.lang, area) + "†" * param.proposed


def _as_json(call: Call, ctx: Context, rule: Rule) -> dict[str, Any]:
    in_force = ctx.rule(rule.id)
    return {
        "id": rule.id,
        "kind": rule.kind,
        "text": call.talk.say(rule.words),
        "source": rule.source,
        "basis": rule.basis,
        "on": in_force.on,
        "figures": {
            param.name: {"value": in_force.figures[param.name], "unit": param.unit, "proposed": param.proposed}
            for param in rule.params
        },
    }


def trace(call: Call) -> int:
    """`cstui trace [AREA|ID]`: clause → rule → what enforces it → its tests → due today."""

    async def act(host: Host, actor: Actor) -> int:
        from cstui import review

        rules = chosen(host, call.given.get("AREA|ID"))
        enforcing: dict[str, list[str]] = {}
        for action in host.actions.values():
            for rule_id in {
                *action.rules,
                *(one.rule for one in action.separate),
                *(one.rule for one in action.signatures),
            }:
                enforcing.setdefault(rule_id, []).append(action.id)
        for area in host.areas.values():
            for kind in area.approvals:
                enforcing.setdefault(kind.rule, []).append(kind.id)
        tests = marked_tests()
        today = await review.collect(host, actor)
        due = Counter(matter.item.rule for matter in today.matters)
        rows = [
            {
                "source": rule.source,
                "rule": rule.id,
                "kind": rule.kind,
                "checks": sorted(enforcing.get(rule.id, ())),
                "structure": rule.structure,
                "tests": None if tests is None else tests.get(rule.id, []),
                "due_today": due[rule.id],
            }
            for rule in rules
        ]
        talk = call.talk
        if talk.json:
            talk.document({"rules": rows})
            return 0
        talk.table(
            [talk.say(f"cli.trace.{name}") for name in ("source", "rule", "kind", "checks", "tests", "today")],
            [_trace_row(row) for row in rows],
        )
        if tests is None:
            talk.tell(talk.say("cli.trace.no_tests"))
        return 0

    return call.on_host(act)


def _trace_row(row: dict[str, Any]) -> list[str]:
    checks: Sequence[str] = row["checks"]
    tests = "—" if row["tests"] is None else str(len(row["tests"]))
    return [
        row["source"],
        row["rule"],
        row["kind"],
        ", ".join(checks) or row["structure"] or "—",
        tests,
        str(row["due_today"]),
    ]


def marked_tests() -> dict[str, list[str]] | None:
    """Rule → tests that are marked with it, where the program runs from its sources; else None."""
    home = Path(__file__).parents[3] / "tests"
    if not home.is_dir():
        return None
    found: dict[str, list[str]] = {}
    for path in sorted(home.rglob("test_*.py")):
        marks: list[str] = []
        for line in path.read_text("utf-8").splitlines():
            if mark := re.match(r"\s*@pytest\.mark\.rule\((.+)\)", line):
                marks += re.findall(r"[\"']([a-z_]+-\d+)[\"']", mark[1])
            elif test := re.match(r"\s*(?:async )?def (test_\w+)", line):
                for rule_id in marks:
                    found.setdefault(rule_id, []).append(f"{path.relative_to(home)}::{test[1]}")
                marks = []
    return found
