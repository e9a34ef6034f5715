"""A flaw that somebody found is written down for those who mend it, and for nobody else (confidentiality-10)."""

from __future__ import annotations

from cstui.api import BadInput, Context, Refusal, Text, utc
from cstui.people import Staff, holders_of
from cstui_confidentiality.kinds import CategoryState, Medium
from cstui_confidentiality.models import AssetReader, ConfidentialAsset, SecrecyCategory
from cstui_confidentiality.scope.acts import held_back
from cstui_confidentiality.scope.inputs import ReportFlaw
from cstui_confidentiality.scope.presets import UPDATES

SUPERVISOR = "supervisor"
"""The role to which flaws are reported."""


async def report(ctx: Context, data: ReportFlaw) -> Text:
    """Its circle: who found it, the supervisors, the fixers. One told too late is put before those who decide."""
    if ctx.actor.staff_id is None:
        raise Refusal("confidentiality.refusal.not_on_staff", field="keeper", value=ctx.actor.login)
    if data.found_at > utc(ctx.now):
        raise BadInput("confidentiality.refusal.found_later", field="found_at", value=data.found_at)
    category = await SecrecyCategory.filter(code=UPDATES, state=CategoryState.ACTIVE).first()
    if category is None:
        raise Refusal("confidentiality.refusal.no_class", field="category", value=UPDATES, rule="confidentiality-01")
    finder = await Staff.get(pk=ctx.actor.staff_id)
    flaw = await ConfidentialAsset.create(
        asset_no=await ConfidentialAsset.next_number("asset_no", "F", ctx.today), title=data.title, category=category,
        medium=Medium.FILE, keeper=finder, location=data.location, content=data.content, flaw=True,
        embargo=held_back(ctx), registered_at=utc(ctx.now), registered_by=ctx.actor.login,
    )  # fmt: skip
    circle = {one.pk: one for one in (*await holders_of(SUPERVISOR, ctx.today), *(data.fixers or ()))}
    circle.pop(finder.pk, None)
    await AssetReader.insert(AssetReader(asset=flaw, staff=one, since=utc(ctx.now)) for one in circle.values())
    rule = ctx.rule("confidentiality-10")
    taken = utc(ctx.now) - data.found_at
    if rule.on and taken > rule.flaw_report_due:
        await ctx.propose(
            rule=rule.id, person=finder, record_id=flaw.pk,
            title=Text("confidentiality.finding.flaw_late", asset=flaw.asset_no, taken=taken,
                       within=rule.flaw_report_due),
        )  # fmt: skip
    ctx.notes.append(Text("confidentiality.note.readers", people="、".join(one.name for one in circle.values())))
    return Text("confidentiality.done.flaw", asset=flaw.asset_no)
