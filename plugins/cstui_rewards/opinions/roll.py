"""Who may give an opinion about which award: frozen when opinions open, and hashed into the journal (rewards-38).

One has a slip for an award or none, since casting asks nobody's name: who is nominated for it, nominated somebody for
it or decides on it has none. So nobody votes on themselves, and no slip tells who could have drawn it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from cstui.api import Context
from cstui.people import Staff, holders_of, is_gone
from cstui_rewards.kinds import Channel
from cstui_rewards.models import AwardRound, BallotRoll, Nomination, ReviewStep

Entry = tuple[str, Channel, Staff]
"""Code of the award, channel, voter."""


async def entitled(ctx: Context, nominations: Sequence[Nomination]) -> list[Entry]:
    """Internal: the nominees' department. Others: every other department. By award, channel and number."""
    staff = [one for one in await Staff.all().order_by("number") if not is_gone(one, ctx.today)]
    deciding = await _deciding(ctx)
    found: list[Entry] = []
    for code in sorted({one.award.code for one in nominations}):
        group = [one for one in nominations if one.award.code == code]
        barred = {one.nominee_id for one in group} | {one.nominated_by_id for one in group} | deciding
        barred |= await _acted(group)
        homes = {one.nominee.department for one in group}
        voters = [one for one in staff if one.pk not in barred]
        found += [(code, Channel.INTERNAL, one) for one in voters if one.department in homes]
        found += [(code, Channel.CROSS_DEPARTMENT, one) for one in voters if one.department not in {"", *homes}]
    return found


async def _deciding(ctx: Context) -> set[int]:
    """Chiefs and heads of the chain (rewards-27)."""
    rule = ctx.rule("rewards-27")
    roles = (*rule.chief_role, *rule.head_role)
    return {one.pk for role in roles for one in await holders_of(role, ctx.today)}


async def _acted(group: Iterable[Nomination]) -> set[int]:
    steps = ReviewStep.filter(nomination_id__in=[one.pk for one in group])
    return {int(str(one)) for one in await steps.values_list("actor_id", flat=True)}


def digest(lines: Iterable[tuple[str, str, str]]) -> str:
    """Of (award, channel, number of the voter), in their order."""
    return hashlib.sha256("\n".join("\t".join(line) for line in sorted(lines)).encode()).hexdigest()


async def digest_of(round_: AwardRound) -> str:
    """Of the roll as it stands now: the same as at the opening, unless somebody meddled."""
    rows = await BallotRoll.filter(round=round_).select_related("award", "voter")
    return digest((one.award.code, one.channel.value, one.voter.number) for one in rows)
