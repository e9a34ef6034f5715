"""Systems come on the register, with how their logs are read, and leave it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import available_timezones

from cstui.api import BadInput, Context, Refusal, Text, choice, utc
from cstui_confidentiality.accounts.inputs import ChangeSystem, RegisterSystem, RetireSystem
from cstui_confidentiality.accounts.mapping import columns_of, mapping_of, words_of
from cstui_confidentiality.kinds import AccountState, LogFormat, SystemState
from cstui_confidentiality.models import Account, SystemRegister


async def register_system(ctx: Context, data: RegisterSystem) -> Text:
    if await SystemRegister.filter(code=data.system_code).exists():
        raise Refusal("confidentiality.refusal.system_known", field="system_code", value=data.system_code)
    await SystemRegister.create(code=data.system_code, registered_at=utc(ctx.now), **_told(data))
    return Text("confidentiality.done.system_registered", system=data.system_code)


async def change_system(ctx: Context, system: SystemRegister, data: ChangeSystem) -> Text:
    await system.update_from_dict(_told(data)).save()
    return Text("confidentiality.done.system_changed", system=system.code)


def _told(data: ChangeSystem) -> dict[str, Any]:
    """What is kept of a system's form. Raises BadInput."""
    if data.log_zone and data.log_zone not in available_timezones():
        raise BadInput("confidentiality.refusal.no_zone", field="log_zone", value=data.log_zone)
    mapping = ""
    if data.log_format is LogFormat.CSV:
        mapping = mapping_of(data.log_columns, data.log_words)
    elif named := data.log_columns or data.log_words:
        raise BadInput("confidentiality.refusal.mapping_unused", field="log_format", value=named[:40])
    return {
        "name": data.system_name, "kind": data.system_kind, "log_format": data.log_format, "log_zone": data.log_zone,
        "mapping": mapping,
    }  # fmt: skip


async def change_prefill(ctx: Context, rows: Sequence[SystemRegister]) -> Mapping[str, Any]:
    (system,) = rows
    return {
        "system_name": system.name, "system_kind": system.kind, "log_format": system.log_format,
        "log_zone": system.log_zone, "log_columns": columns_of(system.mapping), "log_words": words_of(system.mapping),
    }  # fmt: skip


async def retire_system(ctx: Context, system: SystemRegister, data: RetireSystem) -> Text:
    """It isn't run any more: nobody has an account of it left."""
    Refusal.because(await system_blocked(ctx, system), field="system", value=system.code)
    left = await Account.filter(system=system).exclude(state=AccountState.REVOKED).count()
    if left:
        raise Refusal(
            "confidentiality.refusal.system_used", field="system", value=system.code, rule="confidentiality-21",
            count=left,
        )  # fmt: skip
    system.state = SystemState.RETIRED
    await system.save()
    return Text("confidentiality.done.system_retired", system=system.code, reason=data.reason)


async def system_blocked(ctx: Context, system: SystemRegister) -> Text | None:
    if system.state is SystemState.ACTIVE:
        return None
    return Text(
        "confidentiality.blocked.system", system=system.code, state=choice("confidentiality", system.state.value)
    )
