"""The written rules of confidentiality have a version in force, looked through in time (confidentiality-42)."""

from __future__ import annotations

from datetime import timedelta

from cstui.api import BadInput, Context, DueItem, Refusal, Text
from cstui_confidentiality.models import PolicyDocument
from cstui_confidentiality.policy.inputs import AddPolicy

RULE = "confidentiality-42"
DAY = 24 * 60


async def add(ctx: Context, data: AddPolicy) -> Text:
    if await PolicyDocument.filter(policy_version=data.policy_version).exists():
        raise BadInput("confidentiality.refusal.policy_known", field="policy_version", value=data.policy_version)
    reviewed = data.reviewed_on or min(data.in_force_from, ctx.today)
    if reviewed > ctx.today:
        raise BadInput("confidentiality.refusal.review_later", field="reviewed_on", value=reviewed)
    await PolicyDocument.create(**data.model_dump() | {"reviewed_on": reviewed}, reviewed_by=ctx.actor.login)
    return Text("confidentiality.done.policy_added", policy=data.policy_version)


async def current(ctx: Context) -> PolicyDocument | None:
    """The version in force: the last that began."""
    rows = PolicyDocument.filter(in_force_from__lte=ctx.today)
    return await rows.order_by("-in_force_from", "-id").first()


async def review(ctx: Context, policy: PolicyDocument, data: None) -> Text:
    """It was looked through and stays as it is; if not, a new version is added."""
    Refusal.because(await review_blocked(ctx, policy), field="policy", value=policy.policy_version)
    policy.reviewed_on, policy.reviewed_by = ctx.today, ctx.actor.login
    await policy.save()
    return Text("confidentiality.done.policy_reviewed", policy=policy.policy_version)


async def review_blocked(ctx: Context, policy: PolicyDocument) -> Text | None:
    now = await current(ctx)
    if now is None or now.pk == policy.pk:
        return None
    return Text("confidentiality.blocked.policy_old", policy=policy.policy_version, other=now.policy_version)


async def due(ctx: Context) -> list[DueItem]:
    """The version in force wasn't looked through for longer than allowed: critical."""
    rule = ctx.rule(RULE)
    policy = await current(ctx) if rule.on else None
    if policy is None or ctx.today <= (last := policy.reviewed_on + timedelta(days=rule.policy_review)):
        return []
    return [
        DueItem(
            id=f"confidentiality.policy.{policy.pk}",
            severity="critical",
            title=Text("confidentiality.due.policy", policy=policy.policy_version, title=policy.title),
            rule=RULE,
            due=ctx.moment(last, DAY),
            state=Text("confidentiality.state.days_late", days=(ctx.today - last).days),
            register="confidentiality.policies",
            records=(policy.pk,),
            actions=("confidentiality.review_policy", "confidentiality.add_policy"),
            proof=(Text("confidentiality.proof.policy", day=policy.reviewed_on, every=rule.policy_review, last=last),),
        )
    ]
