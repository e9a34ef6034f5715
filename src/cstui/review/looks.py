"""What a login saw of the queue when it last looked; kept beside the journal, for it is nobody else's business.

The titles are kept as well: of a matter that was settled meanwhile nothing else tells what it was.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from tortoise.expressions import Q

from cstui.contract.context import Actor, Context
from cstui.contract.declare import DueItem
from cstui.contract.errors import Fault
from cstui.contract.text import Text, Verbatim, pack, unpack
from cstui.store.models import State

if TYPE_CHECKING:
    from cstui.host import Host

log = logging.getLogger(__name__)
NAME = "seen"
PERSONAL = "review.questions"
"""What stands in this register is put before one person only."""


@dataclass(frozen=True, slots=True)
class Looks:
    """`since`: when this login last looked (None: never). `mine` is what it saw then; `others` what others who answer
    for the whole queue saw today."""

    since: datetime | None = None
    mine: Mapping[str, DueItem] = field(default_factory=dict)
    others: Mapping[str, DueItem] = field(default_factory=dict)


async def looks(ctx: Context) -> Looks:
    """What was seen before; only that of one's own where one doesn't answer for the whole queue."""
    wanted = Q(login=ctx.actor.login)
    if ctx.may("review.all"):
        wanted |= Q(value__startswith=_head(ctx.today, True))
    since, mine, others = None, dict[str, DueItem](), dict[str, DueItem]()
    for row in await State.filter(wanted, name=NAME):
        kept = json.loads(row.value)
        if row.login == ctx.actor.login:
            since, mine = datetime.fromisoformat(kept["at"]), _items(kept)
        else:
            others |= {key: item for key, item in _items(kept).items() if item.register != PERSONAL}
    return Looks(since, mine, others)


async def remember(host: Host, actor: Actor, at: datetime, items: Iterable[DueItem]) -> None:
    """Keep what this login saw at a moment. A store that can't be written now is let be: nothing depends on it."""
    if host.store.read_only:
        return
    head = _head(at.astimezone(host.zone).date(), actor.may("review.all"))
    listed = json.dumps({item.id: _packed(item) for item in items}, ensure_ascii=False, separators=(",", ":"))
    value = f'{head},"at":"{at.astimezone(UTC).isoformat()}","items":{listed}}}'
    try:
        async with host.store.transaction():
            await State.update_or_create({"value": value}, login=actor.login, name=NAME)
    except Fault as fault:
        log.warning("what %s saw was not kept: %s", actor.login, fault.text.id)


def _head(day: date, whole: bool) -> str:
    """How a look begins: today's of others are found without reading the rest."""
    return f'{{"day":"{day.isoformat()}","whole":{"true" if whole else "false"}'


def _packed(item: DueItem) -> list[Any]:
    return [
        item.area, item.severity, pack(item.title), item.person, item.person_id, item.register, [*item.records],
        [*item.actions], item.rule, item.mine,
    ]  # fmt: skip


def _items(kept: Mapping[str, Any]) -> dict[str, DueItem]:
    made = {}
    for key, (area, severity, title, person, person_id, register, records, actions, rule, *mine) in kept[
        "items"
    ].items():
        told = unpack(title)
        made[key] = DueItem(
            key,
            severity,
            told if isinstance(told, Text) else Verbatim(str(told)),
            rule=rule,
            person=person,
            person_id=person_id,
            register=register,
            records=tuple(records),
            actions=tuple(actions),
            area=area,
            mine=mine == [True],  # what was seen by an earlier program doesn't say so
        )
    return made
