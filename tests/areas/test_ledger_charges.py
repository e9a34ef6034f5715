"""Figures against persons, from proposal to posting: the worked cases of the regulations' page on money."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import desk as desks
import pytest
import pytest_asyncio
from conftest import Shared
from desk import words

from cstui.approvals.models import Finding
from cstui.contract.errors import BadInput, NotPermitted, Refusal
from cstui.ledger.charges import held, paid_out
from cstui.ledger.due import charges_due
from cstui.ledger.models import Charge, ChargeState, Effect, Posting

LATE = {"person": "an", "act": "late for the meeting", "act_on": "2026-11-23", "rule": "meetings-04",
        "regulation_amount": "10"}  # fmt: skip
BEFORE = {"adopted_on": "2026-01-05", "published_on": "2026-01-06", "acknowledged_on": "2026-01-07"}
PROVEN = {"kind": "damages", "share": "30", "loss_proof": "C-9", "legal_basis": "contract 8.2"}
PAY = {"month": "2026-12", "wage": "4000", "net": "4000"}


class Desk(desks.Desk):
    """`an` is the person concerned; deng proposes and tells, head decides, fu decides appeals; boss agrees."""

    area = "ledger"
    acting = "deng"
    roles = """
supervisor = ["ledger.*", "approvals.*", "people.look", "review.*"]
company_leader = ["approvals.*", "ledger.look"]
staff = ["ledger.own", "people.look", "review.look"]
"""
    people = (
        ("an", "", "staff"), ("bo", "", "staff"), ("deng", "", "supervisor"), ("head", "", "supervisor"),
        ("fu", "", "supervisor"), ("boss", "", "company_leader"),
    )  # fmt: skip

    async def charge(self, **raw: Any) -> int:
        return (await self.run("propose_charge", {**LATE, **raw})).rows[0]

    async def decided(self, pk: int, amount: str = "10", **raw: Any) -> Charge:
        """By the head, who didn't propose it."""
        values = {"kind": "penalty", "amount": amount, "reasons": "seen by all", **raw}
        await self.run("decide_charge", values, "head", target=[pk])
        return await self.row(pk)

    async def told(self, pk: int) -> None:
        """Notice given and heard, on Tuesday the 24th; the time for an appeal ends on Tuesday, 1 December."""
        await self.run("notify", {}, target=[pk])
        await self.run("hear", {"statement": "the bus"}, "an", target=[pk])

    async def effective(self, pk: int, amount: str = "10", **raw: Any) -> None:
        await self.decided(pk, amount, **raw)
        await self.told(pk)
        self.at(2, month=12)

    async def row(self, pk: int) -> Charge:
        made: Charge = await self.ask(Charge.get(id=pk))
        return made

    async def postings(self) -> list[tuple[str, int, str]]:
        return [(str(one.kind), one.amount, one.month) for one in await self.ask(Posting.all().order_by("id"))]


@pytest.fixture(scope="session")
def charge_template(shared: Shared, template: Path) -> Path:
    return shared("charges", lambda folder: Desk.make(folder, template)) / "config.toml"


@pytest_asyncio.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, charge_template: Path) -> AsyncIterator[Desk]:
    async with Desk.opened(request, tmp_path, charge_template) as opened:
        yield opened


@pytest.mark.rule("money-03")
@pytest.mark.rule("money-06")
async def test_ten_yuan_are_one_point_after_the_time_for_an_appeal(desk: Desk) -> None:
    pk = await desk.charge()
    row = await desk.decided(pk)
    assert (row.regulation_amount, row.effect, row.state) == (10_00, Effect.POINTS, ChargeState.DECIDED)
    await desk.run("notify", {}, target=[pk])
    for day, month, why in ((24, 11, "not_heard"), (1, 12, "appeal_open")):
        desk.at(day, month=month)
        with pytest.raises(Refusal, match=why):
            await desk.run("post_charge", {}, target=[pk])
    desk.at(2, month=12)
    await desk.run("post_charge", {}, target=[pk])
    assert await desk.postings() == [("points", -100, "")]
    await desk.run("reverse", {"reason": "another bus"}, target=[1])
    assert await desk.postings() == [("points", -100, ""), ("points", 100, "")]


@pytest.mark.rule("money-01")
async def test_the_regulations_figure_is_kept_and_never_exceeded(desk: Desk) -> None:
    pk = await desk.charge(rule="money-06")
    with pytest.raises(Refusal, match="over_figure"):
        await desk.decided(pk, "10.01")
    row = await desk.decided(pk, "5")
    assert (row.regulation_amount, row.amount, row.article) == (10_00, 5_00, "regulations · money · 06")


@pytest.mark.rule("money-06")
async def test_who_proposes_decides_or_tells_decides_no_appeal_and_nobody_their_own(desk: Desk) -> None:
    pk = await desk.charge()
    with pytest.raises(Refusal, match="other_decides"):
        await desk.run("decide_charge", {"kind": "penalty", "amount": "10", "reasons": "so"}, target=[pk])
    await desk.decided(pk)
    await desk.run("notify", {}, target=[pk])
    with pytest.raises(BadInput, match="no_row"):  # bo sees only their own
        await desk.run("appeal", {"appeal": "no"}, "bo", target=[pk])
    await desk.run("appeal", {"appeal": "I was on time"}, "an", target=[pk])
    for login in ("deng", "head"):
        with pytest.raises(Refusal, match="involved"):
            await desk.run("decide_appeal", {"upheld": "yes", "reasons": "so"}, login, target=[pk])
    await desk.run("decide_appeal", {"upheld": "yes", "reasons": "the clock was wrong"}, "fu", target=[pk])
    assert (await desk.row(pk)).state is ChargeState.CANCELLED
    own = await desk.charge(person="fu")
    with pytest.raises(NotPermitted, match="same_person"):
        await desk.run("decide_charge", {"kind": "penalty", "amount": "10", "reasons": "so"}, "fu", target=[own])


@pytest.mark.rule("money-06")
async def test_an_appeal_stops_the_clock_and_the_rest_runs_on(desk: Desk) -> None:
    pk = await desk.charge()
    await desk.decided(pk)
    await desk.told(pk)
    desk.at(27)  # Friday: three of five working days are over, Monday and Tuesday are left
    await desk.run("appeal", {"appeal": "I was on time"}, "an", target=[pk])
    desk.at(9, month=12)
    with pytest.raises(Refusal, match="charge_state"):
        await desk.run("post_charge", {}, target=[pk])
    done = await desk.run("decide_appeal", {"upheld": "no", "reasons": "seen by all"}, "fu", target=[pk])
    assert done.text
    assert str(done.text.args["until"]) == "2026-12-11"
    with pytest.raises(Refusal, match="too_late"):
        await desk.run("appeal", {"appeal": "again"}, "an", target=[pk])
    desk.at(11, month=12)
    with pytest.raises(Refusal, match="appeal_open"):
        await desk.run("post_charge", {}, target=[pk])
    desk.at(12, month=12)
    await desk.run("post_charge", {}, target=[pk])
    assert await desk.postings() == [("points", -100, "")]


@pytest.mark.rule("money-10")
async def test_one_act_has_one_measure(desk: Desk) -> None:
    first = await desk.charge(regulation_amount="50", act="quarrel with a customer")
    number = (await desk.row(first)).charge_no
    second = await desk.charge(regulation_amount="50", act="complaint upheld", same_act=number)
    assert (await desk.decided(first, "50")).effect is Effect.POINTS
    row = await desk.decided(second, "50")
    assert (row.regulation_amount, row.effect, row.state) == (50_00, Effect.NONE, ChargeState.RECORDED)
    same = await desk.charge(regulation_amount="20", act="quarrel with a customer")  # the same words of the same day
    assert (await desk.decided(same, "20")).effect is Effect.NONE


@pytest.mark.rule("money-12")
async def test_the_last_of_a_ranking_has_no_points(desk: Desk) -> None:
    row = await desk.decided(await desk.charge(regulation_amount="100", kind="rank"), "100", kind="rank")
    assert (row.regulation_amount, row.effect) == (100_00, Effect.NONE)


@pytest.mark.rule("money-04")
async def test_variable_pay_falls_by_no_more_than_there_is_of_it(desk: Desk) -> None:
    await desk.figure("money-03", "mode", "variable_pay")
    await desk.figure("money-08", "minimum_wage", "2000")
    pk = await desk.charge(regulation_amount="100", kind="rank")
    with pytest.raises(Refusal, match="before_act"):
        await desk.decided(pk, "100", kind="rank", **BEFORE | {"acknowledged_on": "2026-11-23"})
    await desk.effective(pk, "100", kind="rank", **BEFORE)
    await desk.run("post_charge", {"month": "2026-12", "net": "4000", "variable": "60"}, target=[pk])
    row = await desk.row(pk)
    assert (row.taken, row.lapsed, row.state) == (60_00, 40_00, ChargeState.POSTED)
    assert await desk.postings() == [("money", -60_00, "2026-12")]


@pytest.mark.rule("money-05")
async def test_the_sum_as_written_needs_a_province_a_basis_and_a_second_name(desk: Desk) -> None:
    await desk.figure("money-03", "mode", "as_written")
    pk = await desk.charge()
    with pytest.raises(Refusal, match="no_basis"):
        await desk.decided(pk)
    for name in ("", "head", "deng", "an"):  # nobody, who decides, who proposed, whom it is about
        with pytest.raises(Refusal, match="no_confirmation"):
            await desk.decided(pk, legal_basis="local rule 7", **({"confirmed_by": name} if name else {}))
    row = await desk.decided(pk, legal_basis="local rule 7", confirmed_by="fu")
    assert (row.effect, row.confirmed_by) == (Effect.AS_WRITTEN, "fu")
    with pytest.raises(Refusal, match="province"):
        await desk.run("site.set_figure", {"rule": "money-05", "name": "province", "value": "GD", "from_day": "today",
                                           "reason": "moved"}, "admin")  # fmt: skip


@pytest.mark.rule("money-05")
async def test_in_guangdong_not_even_an_administrator_chooses_the_sums_as_written(desk: Desk) -> None:
    await desk.figure("money-05", "province", "GD")
    raw = {"rule": "money-03", "name": "mode", "value": "as_written", "from_day": "today", "reason": "strict"}
    with pytest.raises(Refusal, match="province"):
        await desk.run("site.set_figure", raw, "admin")


async def damages(desk: Desk, loss: str = "20000", **raw: Any) -> int:
    pk = await desk.charge(regulation_amount=loss, kind="damages", act="lost the key", **raw)
    await desk.effective(pk, "0", **PROVEN)
    return pk


@pytest.mark.rule("money-07")
@pytest.mark.rule("money-09")
async def test_damages_are_taken_month_by_month_under_the_cap(desk: Desk) -> None:
    await desk.figure("money-08", "minimum_wage", "2000")
    bare = await desk.charge(regulation_amount="20000", kind="damages")
    for missing in ("share", "loss_proof", "legal_basis"):
        with pytest.raises(Refusal, match="damages_need"):
            await desk.decided(bare, "0", **{name: value for name, value in PROVEN.items() if name != missing})
    pk = await damages(desk)
    assert (await desk.row(pk)).amount == 6000_00
    await desk.run("post_charge", PAY, target=[pk])
    with pytest.raises(Refusal, match="month_posted"):
        await desk.run("post_charge", PAY, target=[pk])
    other = await desk.row(pk)
    assert (other.taken, other.lapsed, other.state) == (800_00, 0, ChargeState.NOTIFIED)
    for month in range(1, 8):
        await desk.run("post_charge", PAY | {"month": f"2027-{month:02}"}, target=[pk])
    assert [amount for _, amount, _ in await desk.postings()] == [-800_00] * 7 + [-400_00]
    assert (await desk.row(pk)).state is ChargeState.POSTED


@pytest.mark.rule("money-08")
async def test_nothing_falls_below_the_minimum_wage(desk: Desk) -> None:
    pk = await damages(desk)
    with pytest.raises(Refusal, match="no_minimum"):
        await desk.run("post_charge", PAY, target=[pk])
    await desk.figure("money-08", "minimum_wage", "2000")
    await desk.run("post_charge", {"month": "2026-12", "wage": "2300", "net": "2150"}, target=[pk])
    assert (await desk.row(pk)).taken == 150_00
    bodies = await desk.host.store.query("SELECT body FROM house_body")
    assert not [one for one in bodies if "215000" in one["body"] or "230000" in one["body"]]  # pay isn't kept


@pytest.mark.rule("money-07")
async def test_two_damages_of_a_month_share_the_cap(desk: Desk) -> None:
    await desk.figure("money-08", "minimum_wage", "2000")
    one = await damages(desk, "1000")
    desk.at(24)
    two = await damages(desk, "5000", act_on="2026-11-20")
    await desk.run("post_charge", PAY, target=[one])
    await desk.run("post_charge", PAY, target=[two])
    assert [amount for _, amount, _ in await desk.postings()] == [-300_00, -500_00]


@pytest.mark.rule("money-11")
async def test_a_withheld_bonus_is_held_and_paid_when_the_appeal_is_upheld(desk: Desk) -> None:
    await desk.figure("money-03", "mode", "variable_pay")
    pk = await desk.charge(regulation_amount="800", kind="bonus")
    ctx = await desk.context()
    await desk.decided(pk, "400", kind="bonus", **BEFORE)
    assert held(ctx, await desk.row(pk)) == 800_00
    await desk.told(pk)
    await desk.run("appeal", {"appeal": "not me"}, "an", target=[pk])
    assert paid_out(await desk.row(pk)) is None
    await desk.run("decide_appeal", {"upheld": "yes", "reasons": "true"}, "fu", target=[pk])
    row = await desk.row(pk)
    assert (held(ctx, row), paid_out(row), await desk.postings()) == (0, 800_00, [])


@pytest.mark.rule("money-03")
async def test_under_points_nothing_is_held_and_the_entered_figure_counts(desk: Desk) -> None:
    pk = await desk.charge(regulation_amount="800", kind="bonus")
    ctx = await desk.context()
    assert held(ctx, await desk.row(pk)) == 0
    await desk.effective(pk, "400", kind="bonus")
    await desk.run("post_charge", {}, target=[pk])
    assert await desk.postings() == [("points", -40_00, "")]


@pytest.mark.rule("money-02")
async def test_a_finding_that_is_accepted_is_only_proposed(desk: Desk) -> None:
    an = (await desk.ask(Charge.all())) or (await desk.row(await desk.charge())).person_id
    finding = await desk.ask(
        Finding.create(area="keys", rule="money-02", title="late", figure_fen=50_00, person_id=an,
                       found_at=desk.host.clock())
    )  # fmt: skip
    await desk.run("approvals.accept_finding", {"note": "seen"}, target=[finding.pk])
    (row,) = await desk.ask(Charge.filter(source__not="").select_related("person"))
    assert (row.person.login, row.regulation_amount, row.state) == ("an", 50_00, ChargeState.PROPOSED)
    assert await desk.postings() == []


async def test_what_waits_on_a_charges_way(desk: Desk) -> None:
    assert await desk.due(charges_due) == []
    pk = await desk.charge()
    assert words(await desk.due(charges_due)) == ["decide"]
    await desk.decided(pk)
    assert words(await desk.due(charges_due)) == ["notify"]
    await desk.run("notify", {}, target=[pk])
    (item,) = await desk.due(charges_due)
    assert (item.title.id, str(item.proof[0].args["until"])) == ("ledger.due.hear", "2026-11-27")
    await desk.run("hear", {"waived": "yes"}, target=[pk])
    assert await desk.due(charges_due) == []  # the time for an appeal runs
    await desk.run("appeal", {"appeal": "no"}, "an", target=[pk])
    assert words(await desk.due(charges_due)) == ["appeal"]
    await desk.run("decide_appeal", {"upheld": "no", "reasons": "so"}, "fu", target=[pk])
    desk.at(9, month=12)
    assert words(await desk.due(charges_due)) == ["post"]


async def test_bad_input_stores_nothing(desk: Desk) -> None:
    with pytest.raises(BadInput, match="to_come"):
        await desk.charge(act_on="2026-11-25")
    pk = await desk.charge()
    await desk.decided(pk)
    await desk.run("notify", {}, target=[pk])
    with pytest.raises(BadInput, match="missing"):
        await desk.run("hear", {}, "an", target=[pk])
    assert (await desk.row(pk)).heard_on is None


async def test_everybody_sees_their_own(desk: Desk) -> None:
    await desk.charge()
    await desk.charge(person="bo")

    async def seen(login: str) -> list[str]:
        from cstui import registers

        ctx = await desk.context(login)
        page = await desk.host.call(registers.page(desk.host, ctx, "ledger.charges"))
        return sorted(row.record.person.login for row in page.rows)

    assert (await seen("an"), await seen("bo"), await seen("head")) == (["an"], ["bo"], ["an", "bo"])
