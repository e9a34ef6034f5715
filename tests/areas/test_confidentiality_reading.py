"""Looks at secret fields are kept with their purpose; files read and desks left open are reported."""

from __future__ import annotations

from collections.abc import AsyncIterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from confidentiality_desk import Desk, confidentiality_desk
from tortoise.models import Model

from cstui.api import AnonymousRecord, BadInput, Record, Refusal
from cstui.config import Settings
from cstui.contract.errors import NotPermitted
from cstui.plugins import load
from cstui_confidentiality import AREA, models
from cstui_confidentiality.models import AuditFinding, IdentityVerification, Look


@pytest.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, secret_template: Path) -> AsyncIterator[Desk]:
    """An agent checks whether somebody is customer C20031."""
    async with confidentiality_desk(request, tmp_path, secret_template) as opened:
        await opened.run("open_verification", {"customer_ref": "C20031"}, "an")
        yield opened


async def reveal(desk: Desk, purpose: str = "calls the customer back", login: str = "deng", **more: Any) -> None:
    check = await desk.ask(IdentityVerification.first())
    raw = {"register_id": "confidentiality.verifications", "record": check.pk, "purpose": purpose, **more}
    await desk.run("site.reveal", raw, login)


async def looks(desk: Desk) -> list[Look]:
    found: list[Look] = await desk.ask(Look.all().order_by("id"))
    return found


@pytest.mark.rule("confidentiality-39")
async def test_each_look_is_kept_who_at_what_and_what_for(desk: Desk) -> None:
    await reveal(desk, ticket="W-7")
    (look,) = await looks(desk)
    number = (await desk.ask(IdentityVerification.first())).verification_no
    assert (look.by_login, look.record, look.purpose, look.ticket, look.records) == (
        "deng", number, "calls the customer back", "W-7", 1
    )  # fmt: skip
    assert await desk.cell("looks", look.pk, "looked_register") == "Checks of customers' identity"
    with pytest.raises(NotPermitted):
        await desk.cell("looks", look.pk, "purpose", "guan")


@pytest.mark.rule("confidentiality-40")
async def test_no_look_without_a_purpose_in_words_or_a_ticket(desk: Desk) -> None:
    for nothing in ("-", "123", "。。"):
        with pytest.raises(Refusal) as fault:
            await reveal(desk, nothing)
        assert (fault.value.field, fault.value.rule) == ("purpose", "confidentiality-40")
    assert await looks(desk) == []
    await reveal(desk, "-", ticket="W-7")
    await desk.figure("confidentiality-40", "view_purpose_required", "false")
    await reveal(desk, "-")
    assert len(await looks(desk)) == 2


@pytest.mark.rule("confidentiality-14")
async def test_more_records_in_a_day_than_a_query_may_show_are_one_finding(desk: Desk) -> None:
    async def export(count: int) -> int:
        raw = {"register_id": "confidentiality.verifications", "count": count, "purpose": "yearly report"}
        await desk.run("site.reveal", raw)
        return int(await desk.ask(AuditFinding.all().count()))

    assert [await export(count) for count in (99, 1, 1, 5)] == [0, 0, 1, 1]
    (found,) = await desk.ask(AuditFinding.all().select_related("staff"))
    assert (found.rule, found.severity, found.staff.login) == ("confidentiality-14", "critical", "deng")
    desk.at(25)
    assert [await export(count) for count in (100, 1)] == [1, 2]


@pytest.mark.rule("confidentiality-25")
async def test_reading_a_colleague_s_files_is_a_finding_about_the_reader(desk: Desk) -> None:
    told = {"what": "the follow-up table", "at": "2026-11-23 12:30"}
    await desk.run("report_reading", told, "an", target=["bo"])
    (found,) = await desk.ask(AuditFinding.all().select_related("staff"))
    assert (found.rule, found.severity, found.staff.login, found.day.day) == (
        "confidentiality-25", "warning", "bo", 23
    )  # fmt: skip
    with pytest.raises(BadInput):
        await desk.run("report_reading", {"what": "x", "at": "2026-11-24 09:03"}, "an", target=["bo"])


@pytest.mark.rule("confidentiality-44")
async def test_papers_left_open_are_proposed_with_the_site_s_points(desk: Desk) -> None:
    await desk.run("desk_left", {"what": "contracts"}, target=["an"])
    assert await desk.findings() == [("confidentiality-44", "desk", "an")]
    with pytest.raises(NotPermitted):
        await desk.run("desk_left", {"what": "contracts"}, target=["deng"])


def test_customers_are_known_by_number_only_so_nothing_of_theirs_grows_old_here() -> None:
    """Whoever keeps customers' data refreshes them (confidentiality-41); a number that is kept is a secret column."""
    columns = {
        (register.model.__name__, column.value or column.name): column.secret
        for register in AREA.registers
        for column in (*register.columns, *register.sections)
    }
    kept = [
        (model, name)
        for model in vars(models).values()
        if isinstance(model, type) and issubclass(model, Record)
        for name in model._meta.db_fields
        if any(word in name for word in ("customer", "subject_ref", "phone", "address", "id_number", "bank"))
    ]
    assert {name for _, name in kept} <= {"customer_ref", "subject_ref"}
    assert all(columns[model.__name__, name] for model, name in kept)


def declared() -> list[type[Model]]:
    """All records of the host and of the bundled areas, rewards' ballots among them."""
    areas = load(Settings(), environ={"CSTUI_STRICT": "1"}).areas.values()
    found = [one for area in areas if area.models for one in vars(import_module(area.models)).values()]
    return [one for one in found if isinstance(one, type) and issubclass(one, Model)]


def test_nothing_links_an_anonymous_row_to_a_person() -> None:
    """It names nobody and no moment, and no record names it (confidentiality-51)."""
    records = declared()
    anonymous = {one for one in records if issubclass(one, AnonymousRecord)}
    assert anonymous >= {models.AnonymousLeak, models.AnonymousNote}
    for model in records:
        for name in model._meta.fk_fields:
            target: Any = model._meta.fields_map[name].related_model  # type: ignore[attr-defined]
            assert target not in anonymous or model in anonymous, (model, name)
            assert model not in anonymous or target._meta.app != "people", (model, name)
    for model in anonymous:
        kinds = {type(field).__name__ for field in model._meta.fields_map.values()}
        assert not kinds & {"DatetimeField", "TimeField"}, model
        assert not {"login", "staff", "person", "voter", "informer", "by"} & {*model._meta.fields_map}, model
