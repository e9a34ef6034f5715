"""Random histories of what goes out: whatever is tried, by whomever, some things never happen."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from confidentiality_desk import Desk, confidentiality_desk, moment

from cstui.approvals.models import Request
from cstui.contract.errors import Fault
from cstui_confidentiality.kinds import AssetState, PassState
from cstui_confidentiality.models import DisclosureApproval, RemovalPass

PEOPLE = ("an", "bo", "cai", "guan", "deng", "fu", "head")
ACTING = (*PEOPLE, "deng", "deng", "an")
ASSETS = ("A-1", "A-2", "U-1", "C-1")
CLASSES = ("S01", "S02", "S04", "S06")
CHANNELS = ("oral", "paper", "mail", "forum", "upload")
Trial = tuple[str, dict[str, Any], list[Any]]


@pytest.fixture
async def desk(request: pytest.FixtureRequest, tmp_path: Path, secret_template: Path) -> AsyncIterator[Desk]:
    async with confidentiality_desk(request, tmp_path, secret_template) as opened:
        for code in CLASSES:
            await opened.category(code)
        for number, code in zip(ASSETS, ("S01", "S06", "S02", "S04"), strict=True):
            until = moment("2026-11-25 12:00") if number == "U-1" else None
            await opened.asset(
                number, code, keeper="an" if number != "A-2" else "deng", embargo=bool(until), embargo_until=until
            )
        yield opened


def tried(random: Random, disclosures: list[int], passes: list[int], requests: list[int]) -> Trial:
    """Something that somebody might try."""
    asset = random.choice([None, *ASSETS])
    ask = {
        "asset": asset, "category": None if asset else random.choice(CLASSES), "recipient": "somebody",
        "third_party": random.random() < 0.6, "channel": random.choice(CHANNELS), "purpose": "x",
        "valid_to": f"2026-11-{random.randint(24, 27)}", "legal_duty": random.random() < 0.3,
    }  # fmt: skip
    carry = {"asset": random.choice(ASSETS), "carrier": random.choice(["an", "deng", "bo"]), "purpose": "x"}
    disclosure, removal, request = ([random.choice(rows or [1])] for rows in (disclosures, passes, requests))
    secret = [random.choice(ASSETS[2:])]
    trials: list[tuple[int, Trial]] = [
        (2, ("request_disclosure", ask, [])), (2, ("request_pass", carry, [])), (5, ("approvals.approve", {}, request)),
        (2, ("release", {}, disclosure)), (1, ("close_disclosure", {}, disclosure)), (2, ("take_out", {}, removal)),
        (1, ("give_back", {}, removal)), (1, ("lost", {"what": "x", "found_at": "now"}, removal)),
        (1, ("mark_for_destruction", {}, secret)),
        (1, ("destroy", {"method": "shred", "witness": random.choice(PEOPLE)}, secret)),
    ]  # fmt: skip
    return random.choices([trial for _, trial in trials], [weight for weight, _ in trials])[0]


async def test_nothing_goes_out_that_another_did_not_allow(desk: Desk) -> None:
    random = Random(7)
    done: Counter[str] = Counter()
    now = moment("2026-11-24 09:02")
    for _ in range(130):
        now += timedelta(minutes=random.choice([1, 5, 30, 60]))
        desk.host.clock = lambda at=now: at  # type: ignore[misc]
        models = (DisclosureApproval.all(), RemovalPass.all(), Request.filter(state="asked"))
        action, raw, target = tried(random, *[await desk.ask(rows.values_list("id", flat=True)) for rows in models])
        try:
            await desk.run(action, raw, random.choice(ACTING), **({"target": target} if target else {}))
        except Fault:
            continue
        done[action] += 1
        if action == "take_out":
            out = await desk.ask(RemovalPass.filter(state=PassState.OUT).select_related("asset"))
            assert len({one.asset_id for one in out}) == len(out)
            assert all(one.asset.state is not AssetState.DESTROYED for one in out)
    assert {"request_disclosure", "request_pass", "approvals.approve", "release", "take_out"} <= done.keys(), done
    local = (await desk.context()).local
    for one in await desk.ask(DisclosureApproval.filter(released_at__not_isnull=True).select_related("category")):
        code = one.category.code
        assert one.approved_by == "deng" != one.requested_by
        assert one.requested_by == "head" or not (one.legal_duty or (one.third_party and code == "S04"))
        assert not (code == "S06" and one.channel.value == "upload")
        assert code != "S02" or one.released_at >= moment("2026-11-25 12:00")
        assert local(one.released_at).date() <= one.valid_to
    for one in await desk.ask(RemovalPass.filter(out_at__not_isnull=True).select_related("carrier")):
        assert one.approved_by == "deng" != one.requested_by
        assert one.carrier.login != "deng"
