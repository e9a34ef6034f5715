"""What was done about matters, by whom and when, as the journal tells."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from cstui.contract.declare import DueItem
from cstui.contract.text import Text, unpack

if TYPE_CHECKING:
    from cstui.host import Host


@dataclass(frozen=True, slots=True)
class Deed:
    """An act that settled a matter. `entry` is its number in the journal."""

    action: str
    login: str
    name: str
    at: datetime
    entry: int
    text: Text | None = None

    @property
    def told(self) -> Text:
        """What it was, in the reader's language."""
        area, _, name = self.action.partition(".")
        return Text(f"{area}.action.{name}")


@dataclass(frozen=True, slots=True)
class Settled:
    """A matter that isn't due any more: as it was when it was, and what settled it."""

    item: DueItem
    by: Deed


async def deeds(host: Host, items: Sequence[DueItem], since: datetime, others: bool = False) -> dict[str, Deed]:
    """The last act since then on the records of each item, by the item's id: one of the item's own actions.

    One that was taken back isn't meant. With `others` any act on them will do where none of these was done.
    """
    refs = {item.id: refs_of(host, item) for item in items}
    done = await _acts(host, {ref for group in refs.values() for ref in group}, since)
    last: dict[str, int] = {}
    for item in items:
        acts = dict[str, int]()
        for ref in refs[item.id]:
            for action, seq in done.get(ref, {}).items():
                acts[action] = max(seq, acts.get(action, 0))
        own = [acts[action] for action in item.actions if action in acts and _stands(host, action, acts)]
        if own or (others and acts):
            last[item.id] = max(own or acts.values())
    told = await _told(host, set(last.values()))
    return {item: told[seq] for item, seq in last.items()}


def _stands(host: Host, action: str, acts: Mapping[str, int]) -> bool:
    """Whether an act settles what it was done about, and nothing took it back later."""
    done = host.actions.get(action)
    return done is None or (done.settles and acts.get(done.inverse, 0) < acts[action])


def refs_of(host: Host, item: DueItem) -> list[str]:
    """The records that an item is about, as the journal names them."""
    register = host.registers.get(item.register)
    if register is None:
        return []
    model: Any = register.model
    return [f"{model._meta.db_table}:{int(pk)}" for pk in item.records]


async def _acts(host: Host, refs: Iterable[str], since: datetime) -> dict[str, dict[str, int]]:
    """The last entry of each action since then, by record: a key that is lent all day has thousands of entries."""
    first, listed = since.astimezone(UTC).isoformat(timespec="microseconds"), sorted(refs)
    if not listed:
        return {}
    among, value = (
        ("= ANY($1::text[])", listed)
        if host.store.dialect == "postgres"
        else ("IN (SELECT value FROM json_each(?))", json.dumps(listed))
    )
    rows = await host.store.query(
        "SELECT r.ref, e.action, MAX(e.seq) AS seq FROM house_ref r JOIN house_entry e ON e.seq = r.seq "
        f"WHERE r.ref {among} AND e.at >= '{first}' GROUP BY r.ref, e.action",
        [value],
    )
    found = dict[str, dict[str, int]]()
    for row in rows:
        found.setdefault(row["ref"], {})[row["action"]] = row["seq"]
    return found


async def _told(host: Host, numbers: Iterable[int]) -> dict[int, Deed]:
    """Entries by number, without what they changed (of an import that is much)."""
    listed = ",".join(str(int(seq)) for seq in numbers)
    if not listed:
        return {}
    name, text = (
        ("b.body::jsonb ->> 'name'", "(b.body::jsonb -> 'text')::text")
        if host.store.dialect == "postgres"
        else ("json_extract(b.body, '$.name')", "json_extract(b.body, '$.text')")
    )
    rows = await host.store.query(
        f"SELECT e.seq, e.at, e.actor, e.action, {name} AS name, {text} AS text "
        f"FROM house_entry e JOIN house_body b ON b.seq = e.seq WHERE e.seq IN ({listed})"
    )
    return {row["seq"]: _deed(row) for row in rows}


def _deed(row: Mapping[str, Any]) -> Deed:
    text = unpack(json.loads(row["text"])) if row["text"] else None
    return Deed(
        row["action"],
        row["actor"],
        row["name"] or row["actor"],
        datetime.fromisoformat(row["at"]),
        row["seq"],
        text if isinstance(text, Text) else None,
    )
