"""The regulations as the program holds them: rules in words with the figures in force."""

from __future__ import annotations

import difflib
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
