"""trace: from the clause to the rule, to what holds it, to its tests, to what is due today."""

from __future__ import annotations

import difflib
from collections import Counter
from typing import TYPE_CHECKING, Any

from cstui.contract.errors import BadInput
from cstui.trace import Entry, catalogue, checks, code, tests

if TYPE_CHECKING:
    from cstui.cli.call import Call
    from cstui.contract.context import Actor, Context
    from cstui.host import Host

COLUMNS = ("rule", "state", "checks", "code", "tests", "today", "source")


def trace(call: Call) -> int:
    """`cstui trace [AREA|ID]`: every rule of the regulations, those of areas that aren't built as open."""

    async def act(host: Host, actor: Actor) -> int:
        from cstui import review

        entries = chosen(host, call.given.get("AREA|ID"))
        ctx = await host.context(actor)
        acts, asked, proved = checks(host.areas.values()), code(host.areas.values()), tests()
        today = await review.collect(host, actor)
        due = Counter(matter.item.rule for matter in today.matters)
        rows: list[dict[str, Any]] = []
        for entry in entries:
            rule = host.rules.get(entry.id)
            held_by = bool(acts.get(entry.id) or asked.get(entry.id) or (rule and rule.structure))
            rows.append(
                {
                    "source": rule.source if rule else entry.source,
                    "rule": entry.id,
                    "kind": entry.kind,
                    "state": _state(host, ctx, entry.id, held_by),
                    "checks": acts.get(entry.id, []),
                    "code": asked.get(entry.id, []),
                    "structure": rule.structure if rule else "",
                    "tests": None if proved is None else proved.get(entry.id, []),
                    "due_today": due[entry.id],
                }
            )
        talk = call.talk
        if talk.json:
            talk.document({"rules": rows})
            return 0
        titles = [talk.say(f"cli.trace.{name}") for name in COLUMNS]
        talk.table(titles, [_told(row, talk.say(f"cli.trace.{row['state']}")) for row in rows])
        held = sum(row["state"] != "open" for row in rows)
        talk.tell(talk.say("cli.trace.sum", held=held, all=len(rows), open=len(rows) - held))
        if proved is None:
            talk.tell(talk.say("cli.trace.no_tests"))
        return 0

    return call.on_host(act)


def _state(host: Host, ctx: Context, rule_id: str, held_by: bool) -> str:
    """A rule that is only declared, and that nothing holds, is open as well."""
    if rule_id not in host.rules or not held_by:
        return "open"
    return "held" if ctx.rule(rule_id).on else "off"


def chosen(host: Host, name: str | None) -> list[Entry]:
    """The rules of an area, the one of an id, or all: the catalogue's, then the site's own. Raises BadInput."""
    known = {entry.id: entry for entry in catalogue()}
    known |= {rule.id: Entry(rule.id, rule.kind, rule.source) for rule in host.rules.values()}
    if not name:
        return [*known.values()]
    found = [entry for entry in known.values() if name in (entry.id, entry.id.rpartition("-")[0])]
    if not found and name not in host.areas:
        areas = {entry.id.rpartition("-")[0] for entry in known.values()}
        near = difflib.get_close_matches(name, [*known, *areas], 4, 0.5)
        raise BadInput("cli.rules.none", value=name, near=", ".join(near) or "—")
    return found


def _told(row: dict[str, Any], state: str) -> list[str]:
    proofs = "—" if row["tests"] is None else str(len(row["tests"]))
    acts = _few(row["checks"]) if row["checks"] else row["structure"] or "—"
    return [row["rule"], state, acts, _few(row["code"]), proofs, str(row["due_today"]), row["source"]]


def _few(names: list[str]) -> str:
    """The first of them, and how many more there are; all of them stand in --json."""
    more = f" +{len(names) - 1}" if len(names) > 1 else ""
    return names[0] + more if names else "—"
