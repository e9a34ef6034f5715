"""Owners' keys: who gets them after which check, against which signature; how they come back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from conftest import NOW

from cstui import naming, registers
from cstui.api import Actor, BadInput, Refusal
from cstui_keys import custody
from cstui_keys.kinds import CustodyKind, HolderKind, IssueState, KeyState, PaperKind
from cstui_keys.models import CustodyEvent, HouseholdPaper, IssuedKey, Key, OwnerKeyIssue, OwnerKeyReturn

UNIT = {"block": "3", "space_kind": "owner_unit", "unit": "2", "floor": "15", "room": "02", "ring": "U",
        "owner_name": "周建国", "labelled": True}  # fmt: skip
SPACE = "3-2 1502"
ASKED = {"owner_name": "周建国", "security_gate": "2", "letter_box": "1"}
SEEN = {"id_card": "2217", "move_in_notice": "RZ-0815", "checked_by": "zhang.wei"}
SIGNED = {"signature_ref": "签领 12 页"}


@pytest.fixture
async def counter(host: Any, run: Any) -> Any:
    """A counter with a member of customer service, somebody of engineering, and a unit's keys in the cabinet."""
    for number, (login, department) in enumerate((("zhang.wei", "customer_service"), ("sun.li", "engineering"))):
        await run("people.enrol", {"number": f"{number}", "login": login, "name": login, "department": department})
        await run("people.grant_role", {"role": "admin"}, target=[login])
    for copy in (2, 1, 3):
        await run("keys.register", {**UNIT, "tag_no": f"G{copy}", "door_kind": "security_gate", "copy_no": str(copy)})
    await run("keys.register", {**UNIT, "tag_no": "B1", "door_kind": "letter_box"})
    await label(host, run)
    return host


async def label(host: Any, run: Any) -> None:
    """All keys bear their labels: a second kind of door made the first ones' texts longer."""

    async def owed() -> list[str]:
        return [key.tag_no for key in await Key.filter(labelled=False)]

    if tags := await host.call(owed()):
        await run("keys.label", {}, target=tags)


async def act(run: Any, action: str, raw: dict[str, Any], target: list[str], login: str = "zhang.wei") -> Any:
    return await run(action, raw, login, target=target)


async def issue(run: Any, login: str = "zhang.wei", **raw: Any) -> Any:
    return await act(run, "keys.issue", ASKED | raw, [SPACE], login)


async def states(host: Any) -> dict[str, KeyState]:
    async def get() -> dict[str, KeyState]:
        return {key.tag_no: key.state for key in await Key.all()}

    return dict(await host.call(get()))


async def last(host: Any, model: Any = OwnerKeyIssue) -> Any:
    async def get() -> Any:
        return await model.all().order_by("-id").first()

    return await host.call(get())


async def test_an_owners_name_is_searched_by_those_who_may_see_it(counter: Any, run: Any) -> None:
    await issue(run)

    async def seen(search: str, *permissions: str) -> list[int]:
        ctx = await counter.call(counter.context(Actor("guest", permissions=frozenset(permissions))))
        return [
            await counter.call(registers.count(counter, ctx, register, search=search))
            for register in ("keys.spaces", "keys.issues")
        ]

    for typed in ("周建国", "zjg", "3-2 建国"):
        assert await seen(typed, "keys.look") == [0, 0]
    assert await seen("周建国", "keys.look", "keys.reveal") == [1, 1]
    assert await seen("3-2 周", "keys.look", "keys.reveal") == [1, 0]
    assert await seen("3-2", "keys.look") == [1, 0]
    assert await seen("I2026", "keys.look") == [0, 1]
    ctx = await counter.call(counter.context(Actor("guest", permissions=frozenset({"keys.look"}))))
    with pytest.raises(BadInput) as fault:
        await counter.call(naming.find(counter, ctx, "keys.spaces", "周建国"))
    assert fault.value.text.args["near"] == ""


async def test_one_form_checks_signs_and_hands_over(counter: Any, run: Any) -> None:
    await issue(run, **SEEN, **SIGNED)
    made = await last(counter)
    assert (made.issue_no, made.state, made.owner_name) == ("I20261124-001", IssueState.SIGNED, "周建国")
    assert (made.issued_by, made.signature_ref, made.signed_at) == ("zhang.wei", "签领 12 页", NOW)
    out = {"G1": KeyState.ISSUED_TO_OWNER, "G2": KeyState.ISSUED_TO_OWNER, "B1": KeyState.ISSUED_TO_OWNER}
    assert await states(counter) == {**out, "G3": KeyState.IN_CUSTODY}  # the lowest copies first

    async def told() -> None:
        events = await CustodyEvent.filter(kind=CustodyKind.ISSUE).select_related("key").order_by("id")
        assert [event.key.tag_no for event in events] == ["G1", "G2", "B1"]
        assert {(e.from_holder, e.to_holder, e.record_ref) for e in events} == {
            ("cabinet:customer_service", "owner", made.issue_no)
        }
        assert {key.holder_kind for key in await Key.filter(state=KeyState.ISSUED_TO_OWNER)} == {HolderKind.OWNER}
        assert await custody.verify(await counter.context(await counter.actor("admin"))) == set()

    await counter.call(told())


async def test_step_by_step_keys_move_only_at_the_signature(counter: Any, run: Any) -> None:
    await issue(run)
    number = (await last(counter)).issue_no
    await act(run, "keys.verify_owner", SEEN, [number])
    assert (await last(counter)).state is IssueState.VERIFIED
    assert set((await states(counter)).values()) == {KeyState.IN_CUSTODY}
    await act(run, "keys.sign_issue", SIGNED, [number])
    assert list((await states(counter)).values()).count(KeyState.ISSUED_TO_OWNER) == 3
    await act(run, "keys.close_issue", {"archive_ref": "A-3-2-1502"}, [number])
    closed = await last(counter)
    assert (closed.state, closed.archive_ref) == (IssueState.CLOSED, "A-3-2-1502")
    for action, raw in (
        ("keys.sign_issue", SIGNED),
        ("keys.verify_owner", SEEN),
        ("keys.refuse_issue", {"reason": "x"}),
    ):
        with pytest.raises(Refusal) as refusal:
            await act(run, action, raw, [number])
        assert refusal.value.value == number


async def test_who_fails_the_check_gets_nothing(counter: Any, run: Any) -> None:
    await issue(run)
    number = (await last(counter)).issue_no
    await act(run, "keys.refuse_issue", {"reason": "证件与业主不符"}, [number])
    assert ((await last(counter)).state, (await last(counter)).refuse_reason) == (IssueState.REFUSED, "证件与业主不符")
    assert set((await states(counter)).values()) == {KeyState.IN_CUSTODY}


@pytest.mark.rule("keys-15")
async def test_without_a_check_there_is_nothing_to_sign(counter: Any, run: Any) -> None:
    with pytest.raises(Refusal) as refusal:
        await issue(run, **SIGNED)
    assert (refusal.value.rule, refusal.value.field) == ("keys-15", "id_card")
    assert await last(counter) is None  # not even prepared


@pytest.mark.rule("keys-15")
@pytest.mark.parametrize(
    ("seen", "field"),
    [
        ({"id_card": "2217", "checked_by": "zhang.wei"}, "move_in_notice"),
        ({"power_of_attorney": "W-3", "checked_by": "zhang.wei"}, "move_in_notice"),
        ({"move_in_notice": "RZ-0815"}, "checked_by"),
    ],
)
async def test_the_notice_is_on_file_and_somebody_checked(
    counter: Any, run: Any, seen: dict[str, str], field: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        await issue(run, **seen)
    assert (refusal.value.rule, refusal.value.field) == ("keys-15", field)


@pytest.mark.rule("keys-15")
async def test_the_site_may_ask_for_two_documents(counter: Any, run: Any) -> None:
    figure = {"rule": "keys-15", "name": "identity_documents_min", "value": "2", "from_day": "today", "reason": "more"}
    await run("site.set_figure", figure)
    with pytest.raises(Refusal) as refusal:
        await issue(run, move_in_notice="RZ-0815", checked_by="zhang.wei")
    assert (refusal.value.rule, refusal.value.text.args["count"], refusal.value.text.args["least"]) == ("keys-15", 1, 2)
    await issue(run, **SEEN)
    assert (await last(counter)).state is IssueState.VERIFIED


async def test_a_notice_seen_before_stays_on_file(counter: Any, run: Any) -> None:
    await issue(run, move_in_notice="RZ-0815", checked_by="zhang.wei", letter_box="", security_gate="1")
    await issue(run, id_card="2217", checked_by="zhang.wei")
    assert ((await last(counter)).state, (await last(counter)).move_in_notice) == (IssueState.VERIFIED, "RZ-0815")


@pytest.mark.rule("keys-15")
@pytest.mark.parametrize(("refused", "owner"), [(True, "周建国"), (False, "新业主")])
async def test_neither_a_refused_persons_nor_another_owners_notice_is_on_file(
    counter: Any, run: Any, refused: bool, owner: str
) -> None:
    await issue(run, move_in_notice="RZ-0815", checked_by="zhang.wei")
    if refused:
        await act(run, "keys.refuse_issue", {"reason": "通知书是伪造的"}, [(await last(counter)).issue_no])
    with pytest.raises(Refusal) as refusal:
        await issue(run, id_card="2217", checked_by="zhang.wei", owner_name=owner)
    assert (refusal.value.rule, refusal.value.field) == ("keys-15", "move_in_notice")


@pytest.mark.rule("keys-16")
async def test_no_key_goes_out_without_the_owners_signature(counter: Any, run: Any) -> None:
    await issue(run, **SEEN)
    with pytest.raises(Refusal) as refusal:
        await act(run, "keys.sign_issue", {}, [(await last(counter)).issue_no])
    assert (refusal.value.rule, refusal.value.field) == ("keys-16", "signature_ref")
    assert (await last(counter)).state is IssueState.VERIFIED
    assert set((await states(counter)).values()) == {KeyState.IN_CUSTODY}


@pytest.mark.rule("keys-17")
async def test_no_more_keys_of_a_kind_than_hang_in_the_cabinet(counter: Any, run: Any) -> None:
    await issue(run, security_gate="3")
    with pytest.raises(Refusal) as refusal:
        await issue(run, security_gate="4")
    assert (refusal.value.rule, refusal.value.field, refusal.value.text.args["here"]) == ("keys-17", "security_gate", 3)


@pytest.mark.rule("keys-17")
async def test_a_key_lent_meanwhile_is_named_when_the_owner_signs(counter: Any, run: Any) -> None:
    await issue(run, **SEEN, security_gate="3")
    number = (await last(counter)).issue_no
    await run("keys.lend", {"borrower": "sun.li", "work_reason": "repair", "consent_ref": "call"}, target=["G2"])
    with pytest.raises(Refusal) as refusal:
        await act(run, "keys.sign_issue", SIGNED, [number])
    assert (refusal.value.rule, refusal.value.value) == ("keys-17", 3)
    assert [one.args["key"] for one in refusal.value.text.args["away"]] == ["G2"]
    await run("keys.return", {"condition": "ok"}, target=["G2"])
    await act(run, "keys.sign_issue", SIGNED, [number])
    assert (await last(counter)).state is IssueState.SIGNED


@pytest.mark.rule("keys-12")
async def test_an_unlabelled_key_isnt_issued(counter: Any, run: Any) -> None:
    await run("keys.register", {**UNIT, "tag_no": "G4", "door_kind": "security_gate", "copy_no": "4", "labelled": ""})
    with pytest.raises(Refusal) as refusal:
        await issue(run, security_gate="4")
    assert (refusal.value.rule, refusal.value.text.args["keys"]) == ("keys-12", ["G4"])


@pytest.mark.rule("keys-18")
async def test_customer_service_checks_and_issues(counter: Any, run: Any) -> None:
    with pytest.raises(Refusal) as refusal:
        await issue(run, **SEEN | {"checked_by": "sun.li"})
    assert (refusal.value.rule, refusal.value.field, refusal.value.value) == ("keys-18", "checked_by", "sun.li")
    with pytest.raises(Refusal) as refusal:
        await issue(run, "sun.li", **SEEN, **SIGNED)
    assert (refusal.value.rule, refusal.value.value) == ("keys-18", "sun.li")


@pytest.mark.rule("keys-31")
async def test_the_papers_of_an_issue_and_a_return_are_listed_for_the_household(counter: Any, run: Any) -> None:
    await issue(run, **SEEN, **SIGNED)
    await act(run, "keys.take_back", {"reason": "租客退租", "condition": "ok"}, ["G1"])
    await act(run, "keys.close_issue", {"archive_ref": "A-7"}, ["I20261124-001"])

    async def papers() -> list[tuple[Any, ...]]:
        return [
            (paper.space.code, paper.kind, paper.number, paper.retention, paper.archive_ref)
            for paper in await HouseholdPaper.all().select_related("space").order_by("id")
        ]

    assert await counter.call(papers()) == [
        (SPACE, PaperKind.KEY_ISSUE, "I20261124-001", "archive", "A-7"),
        (SPACE, PaperKind.KEY_RETURN, "R20261124-001", "archive", ""),
    ]


async def test_owners_bring_back_some_keys_and_a_lost_label_is_owed_again(counter: Any, run: Any) -> None:
    await issue(run, **SEEN, **SIGNED)
    await act(run, "keys.take_back", {"reason": "多领", "condition": "ok"}, ["G1"])
    raw = {"reason": "退房", "condition": "damaged", "remark": "齿磨损", "label_on": "no"}
    await act(run, "keys.take_back", raw, ["G2", "B1"])
    assert await states(counter) == {
        "G1": KeyState.IN_CUSTODY, "G2": KeyState.RECEIVED, "B1": KeyState.RECEIVED, "G3": KeyState.IN_CUSTODY,
    }  # fmt: skip
    paper = await last(counter, OwnerKeyReturn)
    assert (paper.return_no, paper.reason, paper.received_by) == ("R20261124-002", "退房", "zhang.wei")
    with pytest.raises(Refusal) as refusal:
        await act(run, "keys.take_back", {"reason": "again", "condition": "ok"}, ["G1"])
    assert refusal.value.value == "G1"


@pytest.mark.rule("keys-23")
async def test_a_damaged_key_of_an_owner_is_described(counter: Any, run: Any) -> None:
    await issue(run, **SEEN, **SIGNED)
    with pytest.raises(Refusal) as refusal:
        await act(run, "keys.take_back", {"reason": "退房", "condition": "damaged"}, ["G1"])
    assert (refusal.value.rule, refusal.value.field) == ("keys-23", "remark")


async def test_a_key_that_its_owner_lost_is_nobodys_and_may_be_issued_again_when_found(counter: Any, run: Any) -> None:
    await issue(run, **SEEN, **SIGNED)
    outcome = await act(run, "keys.report_lost", {"circumstances": "业主遗失"}, ["G1"])
    assert [note.args["issue"] for note in outcome.notes] == ["I20261124-001"]

    async def lost() -> Any:
        ctx = await counter.context(await counter.actor("admin"))
        return next(item for item in await counter.areas["keys"].due(ctx) if item.id.startswith("keys.loss."))

    assert (await counter.call(lost())).proof[-1].args["issue"] == "I20261124-001"
    await act(run, "keys.found", {}, ["G1"])
    await issue(run, **SEEN, **SIGNED, security_gate="1", letter_box="")
    assert (await states(counter))["G1"] is KeyState.ISSUED_TO_OWNER


async def test_a_key_with_its_owner_isnt_lent(counter: Any, run: Any) -> None:
    await issue(run, **SEEN, **SIGNED)
    with pytest.raises(Refusal):
        await run("keys.lend", {"borrower": "sun.li", "work_reason": "repair", "consent_ref": "call"}, target=["G1"])


async def test_only_a_units_keys_are_issued_and_at_least_one(counter: Any, run: Any) -> None:
    await run("keys.register", {"tag_no": "P1", "block": "3", "space_kind": "public_door_window", "unit": "2",
                                "floor": "1", "room": "大堂", "door_kind": "unit_door"})  # fmt: skip
    with pytest.raises(Refusal):
        await act(run, "keys.issue", ASKED, ["3-2 1大堂"])
    with pytest.raises(BadInput):
        await issue(run, security_gate="0", letter_box="")


async def test_the_form_offers_what_hangs_in_the_cabinet(counter: Any, run: Any) -> None:
    await run("keys.lend", {"borrower": "sun.li", "work_reason": "repair", "consent_ref": "call"}, target=["G2"])

    async def offered(*permissions: str) -> dict[str, Any]:
        actor = replace(await counter.actor("zhang.wei"), permissions=frozenset(permissions))
        ctx = await counter.context(actor)
        space = await naming.find(counter, ctx, "keys.spaces", SPACE)
        return dict(await counter.actions["keys.issue"].prefill(ctx, [space]))

    made = await counter.call(offered("keys.look", "keys.lend", "keys.reveal"))
    assert made.pop("checked_by").login == "zhang.wei"
    assert made == {"owner_name": "周建国", "security_gate": 2, "letter_box": 1}
    hidden = await counter.call(offered("keys.look", "keys.lend"))  # who comes says the name
    assert "owner_name" not in hidden and hidden["letter_box"] == 1


@pytest.mark.rule("keys-16")
@pytest.mark.parametrize(("seconds", "waits"), [(0, False), (1, True)])
async def test_an_issue_waits_longer_than_a_day(counter: Any, run: Any, seconds: int, waits: bool) -> None:
    await issue(run, **SEEN)
    counter.clock = lambda: NOW + timedelta(days=1, seconds=seconds)

    async def due() -> list[Any]:
        ctx = await counter.context(await counter.actor("admin"))
        return [item for item in await counter.areas["keys"].due(ctx) if item.id.startswith("keys.issue.")]

    items = await counter.call(due())
    assert [(item.severity, item.due, item.register) for item in items] == [
        ("info", NOW + timedelta(days=1), "keys.issues")
    ] * waits
    if not waits:
        counter.clock = lambda: NOW + timedelta(days=2)
        assert len(await counter.call(due())) == 1
        await act(run, "keys.sign_issue", SIGNED, [(await last(counter)).issue_no])
        assert await counter.call(due()) == []


async def test_the_store_itself_keeps_one_owner_a_key(counter: Any, run: Any) -> None:
    from tortoise.exceptions import IntegrityError

    await issue(run, **SEEN, **SIGNED)

    async def second() -> None:
        line = await IssuedKey.first()
        assert line is not None
        await IssuedKey.create(issue_id=line.issue_id, key_id=line.key_id)

    with pytest.raises(IntegrityError):
        await counter.call(second())
