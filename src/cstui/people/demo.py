"""A role of the sample department that was granted for a while and ended early."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from cstui.people.models import RoleGrant, Staff


async def fill(stage: Any) -> None:
    """Play the part of people on a `cstui.demo.Stage`: the archivist helps with the keys while a custodian is away."""
    first = stage.first + timedelta(days=30)
    await stage.at(first, "09:10")
    archivist = await Staff.filter(post="档案管理员").order_by("number").first()
    if archivist is None:
        return
    raw = {"role": "custodian", "last_day": first + timedelta(days=13)}
    await stage.run("people.grant_role", raw, target=[archivist.login])
    await stage.at(first + timedelta(days=9), "17:20")
    grant = await RoleGrant.filter(staff=archivist, role="custodian").order_by("-id").first()
    if grant:
        await stage.run("people.end_role", {}, target=[grant.pk])
