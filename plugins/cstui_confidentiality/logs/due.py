"""Systems whose log nobody took in lately: as long as that is so the audit is blind."""

from __future__ import annotations

from cstui.api import Context, DueItem, Text, utc
from cstui_confidentiality.kinds import LogFormat, SystemState
from cstui_confidentiality.models import SystemRegister

RULE = "confidentiality-08"


async def imports_due(ctx: Context) -> list[DueItem]:
    """One for each system in use that has a log; counted from its last import, or from when it came on the register."""
    if not ctx.may("confidentiality.audit"):
        return []
    systems = await SystemRegister.filter(state=SystemState.ACTIVE).exclude(log_format=LogFormat.BY_HAND)
    return [item for system in systems if (item := _item(ctx, system))]


def _item(ctx: Context, system: SystemRegister) -> DueItem | None:
    limit = ctx.rule("confidentiality-52").import_max_age
    since = system.last_import_at or system.registered_at
    due = since + limit
    if utc(ctx.now) <= due:
        return None
    last = "imported" if system.last_import_at else "never_imported"
    return DueItem(
        id=f"confidentiality.import.{system.id}.{ctx.local(since):%Y%m%d%H%M}",
        severity="warning",
        title=Text("confidentiality.due.import", system=system.name),
        rule=RULE,
        due=due,
        state=Text("confidentiality.state.blind", late=utc(ctx.now) - due),
        register="confidentiality.systems",
        records=(system.id,),
        actions=("confidentiality.import_log",),
        proof=(Text(f"confidentiality.proof.{last}", at=since), Text("confidentiality.proof.import_age", limit=limit)),
    )
