"""Counts by two people, blind of each other and of the register; what they find; the change of a custodian."""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cstui import identity, journal, registers, review
from cstui.api import BadInput, DueItem, Refusal
from cstui.contract.errors import NotPermitted
from cstui_keys import custody
from cstui_keys import due as all_matters
from cstui_keys.counts import LINES
from cstui_keys.counts.balance import Balance, balance
from cstui_keys.kinds import GONE, CountState, CustodyKind, KeyState, LineState
from cstui_keys.models import Building, Count, CountLine, CustodyEvent, Key, Loss

SHANGHAI = ZoneInfo("Asia/Shanghai")
PUBLIC = {"block": "3", "space_kind": "public_door_window", "room": "", "door_kind": "window", "labelled": True}
LOAN = {"borrower": "wang.fang", "work_reason": "repair W-1182"}


def clock(host: Any, day: int, time: str = "09:02", month: int = 11) -> None:
    hour, minute = (int(part) for part in time.split(":"))
    moment = datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)
    host.clock = lambda: moment


async def items(host: Any, word: str) -> list[DueItem]:
    ctx = await host.call(host.context(await host.call(host.actor("admin"))))
    return [item for item in await host.call(all_matters(ctx)) if item.title.id == f"keys.due.{word}"]


@pytest.fixture
async def office(host: Any, run: Any) -> Any:
    """A custodian, a deputy and a borrower; building 3 with a ring of four keys and one of two, on floors 1 and 2."""
    people = (("li.na", "customer_service"), ("zhao.min", "customer_service"), ("wang.fang", "engineering"),
              ("sun.li", "customer_service"))  # fmt: skip
    for number, (login, department) in enumerate(people):
        await run("people.enrol", {"number": f"{number}", "login": login, "name": login, "department": department})
        await run("people.grant_role", {"role": "admin"}, target=[login])
    for floor, ring, copies in (("1", "R1", 4), ("2", "R2", 2)):
        for copy in range(1, copies + 1):
            key = {"tag_no": f"{ring}-{copy}", "floor": floor, "ring": ring, "copy_no": copy}
            await run("keys.register", {**PUBLIC, **key})
    await run("keys.appoint", {"custodian": "li.na", "deputy": "zhao.min"}, target=["3"])
    return host


async def opened(run: Any, **more: Any) -> int:
    outcome = await run("keys.count_open", {"counter": "li.na", "witness": "zhao.min", **more})
    return int(outcome.rows[0])


async def both(run: Any, count: int, first: str, second: str) -> Any:
    await run("keys.count_enter", {"numbers": first}, login="li.na", target=[count])
    return await run("keys.count_enter", {"numbers": second}, login="zhao.min", target=[count])


async def signed(run: Any, count: int) -> Any:
    return await run("keys.count_sign", {"counter": "li.na", "witness": "zhao.min"}, target=[count])


async def lines(host: Any) -> dict[str, CountLine]:
    async def get() -> dict[str, CountLine]:
        return {line.place: line for line in await CountLine.all().select_related("count").order_by("id")}

    return dict(await host.call(get()))


async def count_of(host: Any) -> Count:
    async def get() -> Count:
        found = await Count.all().order_by("-id").first()
        assert found is not None
        return found

    return await host.call(get())  # type: ignore[no-any-return]


async def test_a_count_of_which_one_ring_was_entered_is_still_open(office: Any, run: Any) -> None:
    count = await opened(run)
    await run("keys.count_enter", {"numbers": "4"}, login="li.na", target=[count])
    today = await office.call(review.collect(office, await office.call(office.actor("li.na")), None))
    (matter,) = [one for one in today.matters if one.item.register == "keys.counts" and one.item.records == (count,)]
    assert matter.open and not matter.settled_by


async def test_who_enters_is_told_which_ring_is_next_or_that_none_is(office: Any, run: Any) -> None:
    count = await opened(run)
    one = await run("keys.count_enter", {"numbers": "4"}, login="li.na", target=[count])
    left = one.text.args["left"]
    assert one.text.id == "keys.done.count_entered" and left and one.text.args["next"]
    rest = await run("keys.count_enter", {"numbers": " ".join("4" * left)}, login="li.na", target=[count])
    assert rest.text.id == "keys.done.count_entered_all"


# the balance


@pytest.mark.parametrize(("difference", "shown"), [(1, (1, 0)), (0, (0, 0)), (-2, (0, 2)), (None, (None, None))])
def test_a_surplus_is_no_negative_lack(difference: int | None, shown: tuple[int | None, int | None]) -> None:
    line = CountLine(missing=difference)
    columns: dict[str, Any] = {column.name: column.value for column in LINES.columns}
    assert (columns["missing"](None, line), columns["surplus"](None, line)) == shown


@pytest.mark.rule("keys-27")
@pytest.mark.parametrize(
    ("registered", "present", "on_loan", "issued", "lost", "missing"),
    [(25, 18, 3, 4, 0, 0), (25, 17, 3, 4, 0, 1), (25, 19, 3, 4, 0, -1)],
)
async def test_the_balance_and_what_it_leads_to(
    host: Any, run: Any, registered: int, present: int, on_loan: int, issued: int, lost: int, missing: int
) -> None:
    assert Balance(registered, present, on_loan, issued, lost).missing == missing
    states = [KeyState.ON_LOAN] * on_loan + [KeyState.ISSUED_TO_OWNER] * issued + [KeyState.WRITTEN_OFF] * 2
    states += [KeyState.IN_CUSTODY] * (registered - on_loan - issued)
    assert balance(states, present) == Balance(registered, present, on_loan, issued, lost)
    for login in ("li.na", "zhao.min"):
        await run("people.enrol", {"number": login, "login": login, "name": login, "department": "customer_service"})
        await run("people.grant_role", {"role": "admin"}, target=[login])
    for copy, state in enumerate(states, 1):
        await run("keys.register", {**PUBLIC, "tag_no": f"K{copy}", "floor": "1", "ring": "R", "copy_no": copy})
        await host.call(_put(f"K{copy}", state))
    count = await opened(run)
    await both(run, count, str(present), str(present))
    word = {1: "count_short", -1: "count_surplus"}
    found = [item for one in word.values() for item in await items(host, one)]
    assert [(item.title.id, item.severity) for item in found] == (
        [(f"keys.due.{word[missing]}", "critical")] if missing else []
    )
    assert (await lines(host))["R"].missing == missing


async def _put(tag: str, state: KeyState) -> None:
    await Key.filter(tag_no=tag).update(state=state)


async def test_every_key_has_one_holder_and_is_accounted_for_whatever_happens(office: Any, run: Any) -> None:
    dice = random.Random(7)

    async def state() -> tuple[list[Key], dict[int, str]]:
        keys = await Key.all().order_by("id").select_related("holder")
        return list(keys), {event.key_id: event.to_holder for event in await CustodyEvent.all().order_by("id")}

    acts: list[tuple[str, dict[str, Any]]] = [
        ("keys.lend", LOAN), ("keys.return", {"condition": "ok"}), ("keys.report_lost", {"circumstances": "gone"}),
        ("keys.found", {}), ("keys.waive_lock", {"reason": "bricked up"}), ("keys.lock_changed", {}),
    ]  # fmt: skip
    done = 0
    for _ in range(60):
        action, raw = acts[dice.choices(range(6), (8, 8, 3, 3, 2, 1))[0]]
        try:
            await run(action, raw, target=[dice.choice(["R1-1", "R1-2", "R1-3", "R1-4", "R2-1", "R2-2"])])
            done += 1
        except Refusal:
            pass
        keys, chain = await office.call(state())
        at_rest = sum(key.holder_kind.value == "cabinet" for key in keys)
        assert balance([key.state for key in keys], at_rest).missing == 0
        logins = {key.holder_id: key.holder.login for key in keys if key.holder}
        assert {key.id: custody.holder_text(key, logins) for key in keys} == chain
        assert all((key.holder_kind.value == "none") == (key.state in (*GONE, KeyState.LOST)) for key in keys)
    assert done > 15
    assert not await office.call(
        custody.verify(await office.call(office.context(await office.call(office.actor("admin")))))
    )


# blind, by two people


@pytest.mark.rule("keys-27")
async def test_counter_and_witness_are_two_people(office: Any, run: Any) -> None:
    with pytest.raises(Refusal) as refusal:
        await run("keys.count_open", {"counter": "li.na", "witness": "li.na"})
    assert (refusal.value.rule, refusal.value.field) == ("keys-27", "witness")


async def test_only_the_two_enter_and_each_but_once(office: Any, run: Any) -> None:
    count = await opened(run)
    with pytest.raises(Refusal):
        await run("keys.count_enter", {"numbers": "4 2"}, target=[count])
    await run("keys.count_enter", {"numbers": "4 2"}, login="li.na", target=[count])
    with pytest.raises(BadInput):
        await run("keys.count_enter", {"numbers": "4 2"}, login="li.na", target=[count])
    with pytest.raises(BadInput):
        await run("keys.count_enter", {"numbers": "R1=4"}, login="li.na", target=[count])


async def test_numbers_by_the_sheet_or_by_ring_and_in_parts(office: Any, run: Any) -> None:
    count = await opened(run)
    await run("keys.count_enter", {"numbers": "R2=2"}, login="li.na", target=[count])
    await run("keys.count_enter", {"numbers": "４"}, login="li.na", target=[count])
    await run("keys.count_enter", {"numbers": "R1 ＝4，R2=2"}, login="zhao.min", target=[count])
    assert {place: line.state for place, line in (await lines(office)).items()} == dict.fromkeys(
        ("R1", "R2"), LineState.AGREED
    )


@pytest.mark.parametrize("numbers", ["4 x", "4 R2=2", "R9=4", "R1=4 R1=4", "4 2 2", "-1", "R1=99999"])
async def test_what_is_no_number_is_refused(office: Any, run: Any, numbers: str) -> None:
    count = await opened(run)
    with pytest.raises(BadInput):
        await run("keys.count_enter", {"numbers": numbers}, login="li.na", target=[count])


async def test_nobody_sees_a_number_before_both_have_entered(office: Any, run: Any) -> None:
    """The counter's number, and the register's, in all places where a witness could look them up."""
    me = identity.account()
    await run("people.enrol", {"number": "me", "login": me, "name": me})
    await run("people.grant_role", {"role": "admin"}, target=[me])
    count = await opened(run)
    await run("keys.count_enter", {"numbers": "R2=7031"}, login="li.na", target=[count])
    number = (await count_of(office)).count_no
    ctx = await office.call(office.context(await office.call(office.actor("admin"))))
    told: list[Any] = []
    for register_id in ("keys.counts", "keys.count_lines"):
        page = await office.call(registers.page(office, ctx, register_id))
        for row in page.rows:
            told.append(dict((await office.call(registers.one(office, ctx, register_id, row.pk))).values))
    assert all(
        row[name] is None
        for row in told[1:]
        for name in ("present", "registered", "missing", "surplus", "on_loan", "lost")
    )
    for entry in await office.call(journal.page(office, limit=2)):
        told += [dict(entry.input), office.words.say(entry.text, "en") if entry.text else ""]
        told.append((await office.call(journal.entry(office, entry.seq))).changes)
    for matter in (await office.call(review.collect(office, await office.call(office.actor("admin"))))).matters:
        if matter.item.register in {"keys.counts", "keys.count_lines"}:
            texts = [matter.item.title, *matter.item.proof, *([matter.item.state] if matter.item.state else [])]
            told += [office.words.say(text, "en") for text in texts]
    for words in (["show", "keys.count_lines", f"{number}/002"], ["list", "keys.count_lines"],
                  ["--json", "journal", "list"], ["print", "keys.count_sheet", "-", "--row", number]):  # fmt: skip
        command = [sys.executable, "-m", "cstui", "--config", str(office.settings.path), *words]
        done = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, check=True)
        told.append(done.stdout)
    everything = json.dumps(told, default=str, ensure_ascii=False)
    assert everything.count("R2") > 5
    assert "7031" not in everything
    line = (await lines(office))["R2"]
    assert (line.counter_said, line.witness_said) == (7031, None)


@pytest.mark.rule("keys-27")
@pytest.mark.parametrize("name", ["counter_said", "witness_said", "search"])
async def test_nobody_asks_for_a_number_by_filtering(office: Any, run: Any, name: str) -> None:
    count = await opened(run)
    await run("keys.count_enter", {"numbers": "R2=7031"}, login="li.na", target=[count])
    ctx = await office.call(office.context(await office.call(office.actor("admin"))))
    with pytest.raises(BadInput) as fault:
        await office.call(registers.count(office, ctx, "keys.count_lines", where={name: "7031"}))
    assert fault.value.text.id == "engine.no_column"


async def test_where_the_two_differ_both_count_again(office: Any, run: Any) -> None:
    count = await opened(run)
    await both(run, count, "4 2", "4 1")
    found = await lines(office)
    assert (found["R1"].state, found["R2"].state, found["R2"].missing) == (LineState.AGREED, LineState.RECOUNT, None)
    with pytest.raises(Refusal):
        await signed(run, count)
    (item,) = await items(office, "count_spot")
    assert item.records == (count,)
    await both(run, count, "2", "2")
    await signed(run, count)
    assert (await count_of(office)).state is CountState.SIGNED
    assert not await items(office, "count_spot")


async def test_a_key_that_left_between_the_two_entries_makes_a_recount(office: Any, run: Any) -> None:
    count = await opened(run)
    await run("keys.count_enter", {"numbers": "4 2"}, login="li.na", target=[count])
    clock(office, 24, "09:10")
    await run("keys.lend", LOAN, target=["R1-1"])
    clock(office, 24, "09:12")
    await run("keys.count_enter", {"numbers": "4 2"}, login="zhao.min", target=[count])
    found = await lines(office)
    assert (found["R1"].state, found["R2"].state) == (LineState.RECOUNT, LineState.AGREED)
    await both(run, count, "3", "3")
    assert (await lines(office))["R1"].state is LineState.AGREED


@pytest.mark.rule("keys-27")
@pytest.mark.usefixtures("quick_pins")
async def test_both_sign_by_pin_where_they_have_one(office: Any, run: Any) -> None:
    await run("people.set_pin", {"pin": "4711"}, login="zhao.min")
    count = await opened(run)
    await both(run, count, "4 2", "4 2")
    with pytest.raises(BadInput):
        await signed(run, count)
    raw = {"counter": "li.na", "witness": "zhao.min", "witness_pin": "4711"}
    with pytest.raises(BadInput):
        await run("keys.count_sign", {**raw, "counter": "sun.li"}, target=[count])
    await run("keys.count_sign", raw, target=[count])


# what is missing


@pytest.fixture
async def short(office: Any, run: Any) -> Any:
    """A signed spot count that found three of four keys on R1."""
    count = await opened(run)
    await both(run, count, "3 2", "3 2")
    await signed(run, count)
    return office


@pytest.mark.rule("keys-27")
async def test_a_missing_key_is_named_searched_reported_lost_and_reconciled(short: Any, run: Any) -> None:
    line = (await lines(short))["R1"].line_no
    (item,) = await items(short, "count_short")
    assert (item.severity, item.title.args["count"]) == ("critical", 1)
    balance_line = next(text for text in item.proof if text.id == "keys.proof.balance")
    assert (balance_line.args["registered"], balance_line.args["present"]) == (4, 3)
    count = (await count_of(short)).count_no
    for wrong in (["R2-1"], ["R1-1", "R1-2"]):
        with pytest.raises(BadInput):
            await run("keys.count_missing", {"keys": wrong}, target=[line])
    await run("keys.count_missing", {"keys": ["R1-2"]}, target=[line])
    assert not await short.call(_losses())  # a finding, not yet a loss: its time doesn't run
    with pytest.raises(Refusal) as refusal:
        await run("keys.count_reconcile", {"conclusion": "clear"}, target=[count])
    assert refusal.value.rule == "keys-27"
    await run("keys.count_search", {"search_note": "not in the tool bag"}, target=[line])
    clock(short, 24, "11:00")
    await run("keys.count_loss", {"circumstances": "missing at the count"}, target=[line])
    (loss,) = await short.call(_losses())
    assert loss.reported_at - loss.noticed_at == timedelta(hours=1, minutes=58)
    with pytest.raises(Refusal):
        await run("keys.count_loss", {"circumstances": "again"}, target=[line])
    assert not await items(short, "count_short")
    assert await items(short, "reconcile")
    await run("keys.count_reconcile", {"conclusion": "lost in the shaft"}, target=[count])
    assert (await count_of(short)).state is CountState.RECONCILED
    assert not await items(short, "reconcile")


async def _losses() -> list[Loss]:
    return list(await Loss.all())


async def test_a_key_found_after_all_is_no_loss(short: Any, run: Any) -> None:
    line = (await lines(short))["R1"].line_no
    await run("keys.count_missing", {"keys": ["R1-2"]}, target=[line])
    await run("keys.count_found", {"keys": ["R1-2"]}, target=[line])
    assert not await items(short, "count_short")
    with pytest.raises(Refusal):
        await run("keys.count_loss", {"circumstances": "gone"}, target=[line])
    await run("keys.count_reconcile", {"conclusion": "behind the hook"}, target=[(await count_of(short)).count_no])


async def test_a_missing_key_that_was_reported_lost_and_turned_up_is_found(short: Any, run: Any) -> None:
    line = (await lines(short))["R1"].line_no
    await run("keys.count_missing", {"keys": ["R1-2"]}, target=[line])
    await run("keys.count_loss", {"circumstances": "missing at the count"}, target=[line])
    assert not await items(short, "count_short")
    await run("keys.found", {"remark": "in the drawer"}, target=["R1-2"])
    assert not await items(short, "count_short")
    await run("keys.count_reconcile", {"conclusion": "found"}, target=[(await count_of(short)).count_no])


async def test_a_missing_key_that_is_lent_is_there(short: Any, run: Any) -> None:
    line = (await lines(short))["R1"].line_no
    await run("keys.count_missing", {"keys": ["R1-2"]}, target=[line])
    await run("keys.lend", LOAN, target=["R1-2"])
    assert not await items(short, "count_short")
    await run("keys.return", {"condition": "ok"}, target=["R1-2"])
    assert not await items(short, "count_short")
    with pytest.raises(Refusal):  # else a key that somebody has would be lost
        await run("keys.count_loss", {"circumstances": "gone"}, target=[line])


async def test_the_proof_names_the_keys_that_are_still_missing(office: Any, run: Any) -> None:
    count = await opened(run)
    await both(run, count, "2 2", "2 2")
    line = (await lines(office))["R1"].line_no
    await run("keys.count_missing", {"keys": ["R1-2", "R1-3"]}, target=[line])
    await run("keys.count_found", {"keys": ["R1-2"]}, target=[line])
    (item,) = await items(office, "count_short")
    assert [text.args["keys"] for text in item.proof if text.id == "keys.proof.named"] == ["R1-3"]


async def test_a_recount_begins_anew_and_is_signed_anew(short: Any, run: Any) -> None:
    line = (await lines(short))["R1"].line_no
    await run("keys.count_missing", {"keys": ["R1-2"]}, target=[line])
    await run("keys.count_recount", {}, target=[line])
    count = await count_of(short)
    assert (count.state, (await lines(short))["R1"].present) == (CountState.DRAFT, None)
    await both(run, count.id, "4", "4")
    await signed(run, count.id)
    assert (await count_of(short)).state is CountState.SIGNED


@pytest.mark.rule("keys-27")
async def test_a_surplus_is_an_unregistered_copy(office: Any, run: Any) -> None:
    count = await opened(run)
    await both(run, count, "5 2", "5 2")
    (item,) = await items(office, "count_surplus")
    assert next(text for text in item.proof if text.id == "keys.proof.balance_over").args["surplus"] == 1
    assert (item.severity, item.rule, item.title.args["count"]) == ("critical", "keys-20", 1)
    await signed(run, count)
    with pytest.raises(Refusal):
        await run("keys.count_reconcile", {"conclusion": "well"}, target=[count])
    await run("keys.count_search", {"search_note": "a copy of 2019, destroyed"}, target=[item.records[0]])
    await run("keys.count_reconcile", {"conclusion": "destroyed"}, target=[count])


@pytest.mark.rule("keys-27")
async def test_a_count_that_misses_a_key_isnt_given_up(office: Any, run: Any) -> None:
    count = await opened(run)
    await both(run, count, "3 2", "3 2")
    with pytest.raises(Refusal) as refusal:
        await run("keys.count_cancel", {"conclusion": "let it be"}, target=[count])
    assert (refusal.value.text.id, refusal.value.rule) == ("keys.refusal.unexplained", "keys-27")
    line = (await lines(office))["R1"].line_no
    await run("keys.count_missing", {"keys": ["R1-2"]}, target=[line])
    await run("keys.count_found", {"keys": ["R1-2"]}, target=[line])
    await run("keys.count_cancel", {"conclusion": "found, and the witness is ill"}, target=[count])
    assert (await count_of(office)).state is CountState.CANCELLED


async def test_a_search_before_a_recount_explains_nothing_after_it(office: Any, run: Any) -> None:
    count = await opened(run)
    await both(run, count, "5 2", "5 2")
    (item,) = await items(office, "count_surplus")
    await run("keys.count_search", {"search_note": "counted the fob, too"}, target=[item.records[0]])
    assert not await items(office, "count_surplus")
    await run("keys.count_recount", {}, target=[item.records[0]])
    await both(run, count, "5", "5")
    assert len(await items(office, "count_surplus")) == 1


@pytest.mark.rule("keys-27")
async def test_a_count_that_went_wrong_is_one_matter(office: Any, run: Any) -> None:
    for floor in range(3, 30):
        await run("keys.register", {**PUBLIC, "tag_no": f"R{floor}-1", "floor": str(floor), "ring": f"R{floor}"})
    count = await opened(run, kind="full")
    await both(run, count, " ".join(["9"] * 29), " ".join(["9"] * 29))
    (item,) = await items(office, "count_differs")
    assert (item.severity, len(item.records)) == ("critical", 29)
    await run("keys.count_recount", {}, target=list(item.records))
    numbers = " ".join(["4", "2", *["1"] * 27])
    await both(run, count, numbers, numbers)
    assert not await items(office, "count_differs")


# which rings, and when


@pytest.mark.rule("keys-27")
async def test_every_rings_turn_comes_longest_uncounted_first(office: Any, run: Any) -> None:
    for floor in range(3, 9):
        await run("keys.register", {**PUBLIC, "tag_no": f"R{floor}-1", "floor": str(floor), "ring": f"R{floor}"})
    figure = {"rule": "keys-27", "name": "count_spot_rings", "value": "3", "from_day": "2026-11-24", "reason": "few"}
    await run("site.set_figure", figure)
    seen: list[set[str]] = []
    for day in (24, 25, 26):
        clock(office, day)
        count = await opened(run)
        mine = [line.place for line in (await office.call(_lines_of(count)))]
        seen.append(set(mine))
        numbers = [{"R1": "4", "R2": "2"}.get(place, "1") for place in mine]
        await both(run, count, " ".join(numbers), " ".join(numbers))
        await signed(run, count)
    assert [len(one) for one in seen] == [3, 3, 3]
    assert set().union(*seen) == {f"R{floor}" for floor in range(1, 9)}


async def _lines_of(count: int) -> list[CountLine]:
    return list(await CountLine.filter(count_id=count).order_by("id"))


async def test_the_draw_of_a_day_is_another_days_no_more(office: Any, run: Any) -> None:
    for floor in range(3, 30):
        await run("keys.register", {**PUBLIC, "tag_no": f"R{floor}-1", "floor": str(floor), "ring": f"R{floor}"})
    drawn = []
    for day in (24, 25):
        clock(office, day)
        count = await opened(run)
        drawn.append([line.place for line in await office.call(_lines_of(count))])
        await run("keys.count_cancel", {"conclusion": "only to see"}, target=[count])
    assert len(drawn[0]) == 10
    assert drawn[0] != drawn[1]


@pytest.mark.rule("keys-27")
async def test_a_spot_count_is_due_each_day_of_work(office: Any, run: Any) -> None:
    (item,) = await items(office, "spot")
    assert (item.severity, item.actions) == ("warning", ("keys.count_open",))
    count = await opened(run)
    assert not await items(office, "spot")
    assert len(await items(office, "count_spot")) == 1
    await both(run, count, "4 2", "4 2")
    await signed(run, count)
    clock(office, 25)
    assert len(await items(office, "spot")) == 1
    assert not await items(office, "spot_missed")
    clock(office, 26)
    (item,) = await items(office, "spot_missed")
    assert (item.severity, item.actions) == ("warning", ())  # it can't be made up
    clock(office, 28)  # a Saturday
    assert not await items(office, "spot")


async def test_a_rule_that_begins_today_was_not_missed_yesterday(office: Any, run: Any) -> None:
    rule = {"rule": "keys-27", "name": "on", "reason": "once the cabinet is sorted"}
    await run("site.set_figure", {**rule, "from_day": "2026-11-24", "value": "off"})
    await run("site.set_figure", {**rule, "from_day": "2026-12-01", "value": "on"})
    clock(office, 1, month=12)
    assert [item.title.id for word in ("spot", "spot_missed", "full_late") for item in await items(office, word)] == [
        "keys.due.spot"
    ]
    clock(office, 2, month=12)
    assert len(await items(office, "spot_missed")) == 1


async def test_on_a_rostered_site_a_day_without_duty_owes_no_count(office: Any, run: Any) -> None:
    await run("people.shift_type", {"code": "D", "shift_name": "白班", "start_minute": 540, "end_minute": 1080})
    await run("people.assign_duty", {"day": "2026-11-23", "staff": "li.na", "shift": "D"})
    assert not await items(office, "spot")
    await run("people.assign_duty", {"day": "2026-11-28", "staff": "li.na", "shift": "D"})
    clock(office, 28)
    assert await items(office, "spot")


@pytest.mark.rule("keys-27")
async def test_a_full_count_is_due_each_month_and_critical_after_it(office: Any, run: Any) -> None:
    assert [item.severity for item in await items(office, "full_soon")] == ["info"]
    clock(office, 30)
    assert [item.severity for item in await items(office, "full_soon")] == ["warning"]
    clock(office, 1, month=12)
    assert [(item.severity, item.title.args["month"]) for item in await items(office, "full_late")] == [
        ("critical", "2026-11")
    ]
    count = await opened(run, kind="full", block="3")
    assert await items(office, "full_late")
    await both(run, count, "4 2", "4 2")
    await signed(run, count)
    assert not await items(office, "full_late")


async def test_a_full_count_takes_every_ring_and_the_keys_on_none(office: Any, run: Any) -> None:
    await run("keys.register", {**PUBLIC, "tag_no": "L1", "floor": "7"})
    count = await opened(run, kind="full")
    assert [line.place for line in await office.call(_lines_of(count))] == ["R1", "R2", "3-*"]
    await both(run, count, "4 2 1", "4 2 1")
    await signed(run, count)
    assert (await count_of(office)).state is CountState.SIGNED


# another custodian


@pytest.mark.rule("keys-28")
async def test_another_custodian_takes_a_counted_hand_over(office: Any, run: Any) -> None:
    with pytest.raises(Refusal) as refusal:
        await run("keys.appoint", {"custodian": "sun.li"}, target=["3"])
    assert (refusal.value.rule, refusal.value.field) == ("keys-28", "custodian")
    await run("keys.appoint", {"deputy": "wang.fang"}, target=["3"])
    await run("keys.change_custodian", {"custodian": "sun.li"}, target=["3"])
    (item,) = await items(office, "count_handover")
    assert (item.rule, item.person) == ("keys-28", "li.na")
    count = await count_of(office)
    await run("keys.count_enter", {"numbers": "4 2"}, login="sun.li", target=[count.id])
    await run("keys.count_enter", {"numbers": "4 2"}, login="li.na", target=[count.id])
    assert await custodian(office) == "li.na"
    outcome = await run("keys.count_sign", {"counter": "sun.li", "witness": "li.na"}, target=[count.id])
    assert await custodian(office) == "sun.li"
    assert [note.args["count"] for note in outcome.notes] == [6]
    events = await office.call(_changes())
    assert {(event.from_holder, event.to_holder, event.record_ref) for event in events} == {
        ("cabinet:customer_service", "cabinet:customer_service", count.count_no)
    }
    assert len({event.key_id for event in events}) == 6
    assert not await items(office, "count_handover")
    assert not await office.call(
        custody.verify(await office.call(office.context(await office.call(office.actor("admin")))))
    )


async def _changes() -> list[CustodyEvent]:
    return list(await CustodyEvent.filter(kind=CustodyKind.CUSTODIAN_CHANGE))


async def custodian(host: Any) -> str:
    async def get() -> str:
        building = await Building.get(block="3").select_related("custodian")
        assert building.custodian is not None
        return building.custodian.login

    return str(await host.call(get()))


@pytest.mark.rule("keys-28")
async def test_the_old_custodian_is_the_witness_unless_gone(office: Any, run: Any) -> None:
    with pytest.raises(Refusal) as refusal:
        await run("keys.change_custodian", {"custodian": "sun.li", "witness": "wang.fang"}, target=["3"])
    assert refusal.value.rule == "keys-28"
    await run("people.leave", {"left_on": "2026-11-23"}, target=["li.na"])
    with pytest.raises(BadInput):
        await run("keys.change_custodian", {"custodian": "sun.li"}, target=["3"])
    await run("keys.change_custodian", {"custodian": "sun.li", "witness": "wang.fang"}, target=["3"])
    with pytest.raises(Refusal):
        await run("keys.change_custodian", {"custodian": "sun.li", "witness": "wang.fang"}, target=["3"])


async def test_where_nobody_keeps_a_building_somebody_is_just_appointed(office: Any, run: Any) -> None:
    await run("people.leave", {"left_on": "2026-11-23"}, target=["li.na"])
    await run("keys.appoint", {"custodian": "sun.li"}, target=["3"])
    assert await custodian(office) == "sun.li"


async def test_without_keys_there_is_nothing_to_count_at_a_change(office: Any, run: Any) -> None:
    room = {"tag_no": "S1", "block": "9", "space_kind": "equipment_room", "equipment_room_name": "水泵房",
            "door_kind": "equipment_room", "labelled": True, "ring": "S", "custodian_dept": "engineering"}  # fmt: skip
    await run("keys.register", room)
    await run("keys.appoint", {"custodian": "li.na"}, target=["9"])
    with pytest.raises(Refusal):
        await run("keys.change_custodian", {"custodian": "sun.li"}, target=["9"])
    await run("keys.appoint", {"custodian": "sun.li"}, target=["9"])


async def test_a_hand_over_given_up_leaves_the_old_custodian(office: Any, run: Any) -> None:
    await run("keys.change_custodian", {"custodian": "sun.li"}, target=["3"])
    ctx = await office.call(office.context(await office.call(office.actor("admin"))))
    persons = {login: (await office.call(office.actor(login))).staff_id for login in ("li.na", "sun.li", "wang.fang")}
    today = ctx.today

    async def facts() -> list[Any]:
        return [await ctx.fact("keys.open_handovers", persons[one], today, today) for one in persons]

    assert await office.call(facts()) == [1, 1, 0]
    await run("keys.count_cancel", {"conclusion": "she stays"}, target=[(await count_of(office)).id])
    assert await office.call(facts()) == [0, 0, 0]
    assert await custodian(office) == "li.na"


async def test_a_hand_over_leaves_out_what_engineering_keeps(office: Any, run: Any) -> None:
    room = {"tag_no": "S1", "block": "3", "space_kind": "equipment_room", "equipment_room_name": "水泵房",
            "door_kind": "equipment_room", "labelled": True, "ring": "S", "custodian_dept": "engineering"}  # fmt: skip
    await run("keys.register", room)
    await run("keys.change_custodian", {"custodian": "sun.li"}, target=["3"])
    assert [line.place for line in (await lines(office)).values()] == ["R1", "R2"]


async def test_counting_takes_the_permission_to_keep_keys(office: Any, run: Any) -> None:
    await run("people.enrol", {"number": "77", "login": "guest", "name": "guest"})
    with pytest.raises(NotPermitted):
        await run("keys.count_open", {"witness": "li.na"}, login="guest")
