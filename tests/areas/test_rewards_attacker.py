"""An attacker with the truth and every file: who voted in which order, and all that lies on the disk, at any moment.

Each ballot carries a word of its own, by which the attacker knows it again wherever it stands. What they want to know is
which ballot was the first, the second, …: that would join it to its voter. They stay at chance.
"""

from __future__ import annotations

import math
import random
import re
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
import pytest_asyncio
from rewards_desk import Desk, rewards_desk
from rewards_vote import Vote

from cstui import act, journal
from cstui.api import AnonymousRecord
from cstui.store.backup import copy_file
from cstui.store.store import Store
from cstui_rewards.opinions.codes import key_of

VOTERS = 8
TRIALS = 6
WORD = re.compile(rb"word-[0-9a-f]{12}")


@pytest_asyncio.fixture
async def vote(request: pytest.FixtureRequest, tmp_path: Path, reward_template: Path) -> AsyncIterator[Vote]:
    async with rewards_desk(request, tmp_path, reward_template) as opened:
        begun = await Vote.begin(opened)
        await begun.open()
        yield begun


def store_of(desk: Desk) -> Path:
    path = desk.host.store.database.path
    assert path
    return path


Guess = tuple[str, list[str]]
"""By what it is made, and in which order the ballots are thought to have come."""


def orders(folder: Path) -> Iterator[Guess]:
    """Every order in which the ballots' words lie in any file, by their first places and by their last."""
    for path in sorted(folder.iterdir()):
        places: dict[str, list[int]] = {}
        for found in WORD.finditer(path.read_bytes()) if path.is_file() else ():
            places.setdefault(found[0].decode(), []).append(found.start())
        for pick in (min, max):
            order = sorted(places, key=lambda word, pick=pick, places=places: pick(places[word]))
            yield f"{path.name} {pick.__name__}", order


def asked(path: Path) -> Iterator[Guess]:
    """Every order that the table itself offers: as it lies, by key, by receipt, by day."""
    with closing(sqlite3.connect(path)) as store:
        for order in ("", "ORDER BY id", "ORDER BY receipt", "ORDER BY day, score"):
            rows = store.execute(f"SELECT comment FROM rewards_ballot {order}").fetchall()
            yield order, [row[0] for row in rows]


def hits(truth: Sequence[str], guess: Sequence[str]) -> int:
    """How many ballots the guess gives to their voters; by chance one, however many voters there are."""
    return sum(a == b for a, b in zip(truth, guess, strict=False)) if len(guess) == len(truth) else 0


async def election(vote: Vote, trial: int) -> tuple[list[str], list[tuple[str, str]]]:
    """Voters come one after the other, other work is done and journalled between them; answers their words in order."""
    chance = random.Random(trial)
    truth = [f"word-{chance.getrandbits(48):012x}" for _ in range(VOTERS)]
    drawn = chance.sample(vote.slips["service_star", next(iter(vote.slips))[1]], VOTERS)
    cast = []
    for slip, word in zip(drawn, truth, strict=True):
        cast.append((slip, await vote.cast(slip, comment=word, score=chance.randint(1, 5))))
    return truth, cast


def attack(desk: Desk, truth: Sequence[str]) -> Counter[str]:
    """The hits of each way to guess, onwards and backwards."""
    path, found = store_of(desk), Counter[str]()
    for way, order in (*orders(path.parent), *asked(path)):
        found[way] += hits(truth, order)
        found[f"{way}, backwards"] += hits(truth, order[::-1])
    return found


async def trials(vote: Vote, count: int) -> Counter[str]:
    """The hits over all trials together."""
    found = Counter[str]()
    for trial in range(count):
        truth, cast = await election(vote, trial)
        found += attack(vote.desk, truth)
        for slip, receipt in cast:
            await vote.withdraw(slip, receipt)
    return found


async def test_whoever_has_every_file_and_the_order_of_voters_stays_at_chance(vote: Vote) -> None:
    found = await trials(vote, TRIALS)
    # one ballot a trial is hit by chance, with variance one; the best of all the ways isn't far off
    assert len(found) >= 8 and max(found.values()) <= TRIALS + 6 * math.sqrt(TRIALS), found


async def test_without_what_the_host_does_the_same_attacker_wins(vote: Vote, monkeypatch: pytest.MonkeyPatch) -> None:
    """So the attacker isn't blind: rows where they were put, or the log beside the file, give every ballot away."""

    async def nothing(*args: object) -> None:
        return None

    monkeypatch.setattr(act, "shuffle", nothing)
    assert max((await trials(vote, 2)).values()) == 2 * VOTERS
    monkeypatch.undo()
    monkeypatch.setattr(Store, "empty_log", nothing)
    truth, _ = await election(vote, 99)
    log = store_of(vote.desk).with_name("cstui.db-wal").read_bytes()
    firsts = sorted(truth, key=lambda word: log.find(word.encode()))
    assert firsts == truth


async def test_copies_before_the_opening_and_after_the_count_join_nobody(vote: Vote, tmp_path: Path) -> None:
    desk = vote.desk
    before = tmp_path / "before.db"
    copy_file(store_of(desk), before)
    count = (await journal.head(desk.host)).count
    truth, cast = await election(vote, 7)
    assert (await journal.head(desk.host)).count == count  # no entry of any cast
    await vote.close()
    after = tmp_path / "after.db"
    copy_file(store_of(desk), after)
    assert max(hits(truth, order) for _, order in orders(store_of(desk).parent)) < VOTERS
    with closing(sqlite3.connect(after)) as store:
        for table in ("rewards_code", "rewards_mark", "rewards_ballot"):
            assert store.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
        receipts = [row[0] for row in store.execute("SELECT receipt FROM rewards_counted ORDER BY id")]
        assert receipts == sorted(receipts) and len(receipts) == VOTERS
        comments = [row[0] for row in store.execute("SELECT words FROM rewards_comment ORDER BY id")]
        assert sorted(comments) == sorted(truth)
        scores = store.execute("SELECT score, receipt FROM rewards_counted").fetchall()
    held = after.read_bytes() + store_of(desk).read_bytes()
    for word, (slip, receipt) in zip(truth, cast, strict=True):
        assert slip.encode() not in held and receipt.encode() not in held
        for _, digest in scores:  # a comment stands nowhere near its score
            assert not re.search(digest.encode() + rb".{0,64}" + word.encode(), held, re.DOTALL)


def columns(path: Path, table: str) -> set[str]:
    with closing(sqlite3.connect(path)) as store:
        return {row[1] for row in store.execute(f"PRAGMA table_info({table})")}


@pytest.mark.rule("rewards-38")
async def test_no_column_joins_the_roll_and_the_ballots(vote: Vote) -> None:
    path = store_of(vote.desk)
    ballot, roll, mark = (columns(path, f"rewards_{name}") for name in ("ballot", "roll", "mark"))
    assert not (ballot | mark) & {"voter_id", "staff_id", "login", "by_id", "department", "at", "created_at"}
    assert roll & ballot == {"id", "channel"} and mark & ballot == {"id", "day", "round_no"}
    with closing(sqlite3.connect(path)) as store:
        (sql,) = store.execute("SELECT sql FROM sqlite_master WHERE name = 'rewards_ballot'").fetchone()
    assert sql.endswith("WITHOUT ROWID")
    await vote.cast(vote.slip(), login="dan")
    await vote.cast(vote.slip(1), login="dan")
    with closing(sqlite3.connect(path)) as store:
        ids = {
            name: {row[0] for row in store.execute(f"SELECT id FROM rewards_{name}")}
            for name in ("ballot", "mark", "code")
        }
        days = {row[0] for row in store.execute("SELECT day FROM rewards_ballot UNION SELECT day FROM rewards_mark")}
    assert not ids["ballot"] & ids["mark"] and not ids["mark"] & ids["code"] and not ids["ballot"] & ids["code"]
    assert days == {"2026-12-25"}  # that on which opinions opened


async def test_who_kept_a_copy_of_the_codes_sees_which_were_used_and_no_ballot(vote: Vote) -> None:
    """Whoever printed the slips: a ballot is found by its receipt and code together only."""
    slips = [vote.slip(n) for n in range(4)]
    receipts = [await vote.cast(slip, number) for slip, number in zip(slips[:3], ("N1", "N2", "N1"), strict=True)]
    with closing(sqlite3.connect(store_of(vote.desk))) as store:
        ballots = {row[0] for row in store.execute("SELECT id FROM rewards_ballot")}
        ballots |= {row[0][:32] for row in store.execute("SELECT receipt FROM rewards_ballot")}
        marks = {row[0] for row in store.execute("SELECT id FROM rewards_mark")}
    signs = [slip.replace("-", "") for slip in slips]
    tried = {key_of(*parts) for code in signs for parts in ((code,), (code, "N1"), (code, "N2"), (code, "support 0"))}
    assert not tried & ballots
    assert [{"N1", "N2"} & {n for n in ("N1", "N2") if key_of(code, n) in marks} for code in signs] == [
        {"N1"}, {"N2"}, {"N1"}, set(),
    ]  # fmt: skip
    assert all(key_of(one.replace("-", ""), code) in ballots for one, code in zip(receipts, signs, strict=False))


def test_what_is_anonymous_carries_no_key_of_staff() -> None:
    from cstui_rewards import models

    found = [one for one in vars(models).values() if isinstance(one, type) and issubclass(one, AnonymousRecord)]
    assert {one.__name__ for one in found} >= {"OpinionBallot", "WhistleReport", "BallotMark", "BallotCode"}
    for model in found:
        assert not model._meta.fk_fields and not model._meta.o2o_fields, model
        assert not {name for name in model._meta.fields_map if "staff" in name or "login" in name or "voter" in name}
