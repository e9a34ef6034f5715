"""Lost keys that somebody must decide about (keys-29)."""

from __future__ import annotations

from cstui.api import Context, DueItem, Text, utc
from cstui.people import names_of
from cstui_keys.kinds import LossState, SpaceKind
from cstui_keys.models import IssuedKey, Loss

_KEYS = "keys.keys"


async def losses_open(ctx: Context) -> list[DueItem]:
    """Lost keys whose lock nobody decided about; critical once `lock_change_due` is over (keys-29)."""
    rule = ctx.rule("keys-29")
    if not rule.on:
        return []
    found = []
    losses = await Loss.filter(state=LossState.REPORTED).select_related("key__space", "last_holder")
    reporters = await names_of(loss.reported_by for loss in losses)
    owners = await IssuedKey.filter(key_id__in=[loss.key_id for loss in losses]).select_related("issue")
    signed = {(line.key_id, line.until): line.issue for line in owners}
    for loss in losses:
        due = loss.reported_at + rule.lock_change_due
        locked = loss.key.space.kind is not SpaceKind.PUBLIC
        late = utc(ctx.now) > due
        proof = [
            Text("keys.proof.noticed", at=loss.noticed_at),
            Text("keys.proof.reported", at=loss.reported_at, by=reporters[loss.reported_by]),
            Text("keys.proof.lock_due" if locked else "keys.proof.lock_public", due=due, limit=rule.lock_change_due),
        ]
        if loss.reported_at - loss.noticed_at > rule.loss_report_due:
            proof.insert(2, Text("keys.proof.reported_late", limit=rule.loss_report_due))
        if issue := signed.get((loss.key_id, loss.reported_at)):  # the owner had it last
            proof.append(Text("keys.note.owner_had", issue=issue.issue_no, at=issue.signed_at))
        found.append(
            DueItem(
                id=f"keys.loss.{loss.id}",
                severity="critical" if late and locked else "warning",
                title=Text("keys.due.lost", key=loss.key.label_text, tag=loss.key.tag_no),
                rule=rule.id,
                person=loss.last_holder.name if loss.last_holder else "",
                person_id=loss.last_holder_id,
                due=due if locked else None,
                state=Text("keys.state.late", late=utc(ctx.now) - due) if late and locked else Text("keys.state.open"),
                register=_KEYS,
                records=(loss.key_id,),
                actions=("keys.lock_changed", "keys.waive_lock", "keys.found"),
                proof=tuple(proof),
            )
        )
    return found
