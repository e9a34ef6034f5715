"""Charges that wait: for a decision, a notice, a statement, the decision of an appeal, their posting."""

from __future__ import annotations

from datetime import date

from cstui.contract.context import Context
from cstui.contract.declare import DueItem, Severity
from cstui.contract.text import Text
from cstui.ledger.charges import appeal_until, hear_until
from cstui.ledger.models import Charge, ChargeState

DECIDE = ("ledger.decide_charge",)
_WAIT: dict[ChargeState, tuple[str, tuple[str, ...]]] = {
    ChargeState.PROPOSED: ("decide", DECIDE),
    ChargeState.DECIDED: ("notify", ("ledger.notify",)),
    ChargeState.APPEALED: ("appeal", ("ledger.decide_appeal",)),
}


async def charges_due(ctx: Context) -> list[DueItem]:
    """One matter for each charge that somebody has to go on with; while only time must pass there is none.

    Whom it is about finds it in their own day only when they may speak to it.
    """
    items = []
    for one in await Charge.filter(
        state__in=[*_WAIT, ChargeState.NOTIFIED]
    ).order_by("id").select_related("person"):  # fmt: skip
        if one.state is ChargeState.NOTIFIED:
            items += _notified(ctx, one)
        else:
            word, actions = _WAIT[one.state]
            items.append(_item(one, word, actions, "warning"))
    return items


def _notified(ctx: Context, charge: Charge) -> list[DueItem]:
    until, effective = hear_until(ctx, charge), appeal_until(ctx, charge)
    if ctx.today > effective:  # a part of damages may have been posted; the rest waits for the next month's pay
        return [_item(charge, "post", ("ledger.post_charge",), "info" if charge.taken else "warning")]
    if charge.heard_on is None and ctx.today <= until:
        proof = Text("ledger.proof.notified", day=charge.notified_on, until=until)
        return [_item(charge, "hear", ("ledger.hear",), "warning", ctx, until, (proof,))]
    return []


def _item(
    charge: Charge, word: str, actions: tuple[str, ...], severity: Severity, ctx: Context | None = None,
    day: date | None = None, proof: tuple[Text, ...] = (),
) -> DueItem:  # fmt: skip
    return DueItem(
        id=f"ledger.charge.{charge.pk}.{word}",
        severity=severity,
        title=Text(f"ledger.due.{word}", person=charge.person.name, act=charge.told),
        rule="money-06",
        person=charge.person.name,
        person_id=charge.person_id if word == "hear" else None,
        due=ctx.moment(day, 24 * 60) if ctx and day else None,
        state=Text(f"ledger.state.{word}"),
        register="ledger.charges",
        records=(charge.pk,),
        actions=actions,
        proof=proof,
    )
