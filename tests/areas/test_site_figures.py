"""A change of figures in an area that wants a second person for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import CONFIG, NOW, lost_site

from cstui import engine, journal, registers
from cstui.contract.errors import NotPermitted, Refusal
from cstui.engine import Outcome
from cstui.host import Host

ROLES = """leader = ["approvals.*", "people.look", "site.*"]
night = ["emergency.override"]
"""
KEEP = {"rule": "lost-01", "name": "keep", "value": "60 d", "from_day": "2026-12-01", "reason": "full shelves"}
FIRST = date(2026, 12, 1)


class Site:
    """Two who set figures (wang, admin); li, the leader, agrees."""

    def __init__(self, host: Host) -> None:
        self.host = host

    async def run(self, action: str, raw: dict[str, Any] | None = None, login: str = "wang", **more: Any) -> Outcome:
        return await engine.run(self.host, action, raw or {}, await self.host.call(self.host.actor(login)), **more)

    async def kept(self, day: date = FIRST) -> int:
        ctx = await self.host.call(self.host.context(await self.host.call(self.host.actor("wang"))))
        keep: timedelta = ctx.rule("lost-01", day).keep
        return keep.days

    async def figures(self) -> list[tuple[str, str, str]]:
        ctx = await self.host.call(self.host.context(await self.host.call(self.host.actor("wang"))))
        page = await self.host.call(registers.page(self.host, ctx, "site.figures"))
        words = self.host.words
        told = [(row.values["name"], row.values["value"], row.values["state"]) for row in page.rows]
        return [(name, words.value(value, "en"), words.value(state, "en", area="site")) for name, value, state in told]


@pytest.fixture
async def agreed(tmp_path: Path, lost_template: Path) -> AsyncIterator[Site]:
    path = lost_site(tmp_path, lost_template)
    path.write_text(path.read_text("utf-8").replace(CONFIG, CONFIG + ROLES), "utf-8")
    async with Host.open(path) as host:
        host.clock = lambda: NOW
        site = Site(host)
        for number, (login, role) in enumerate((("wang", "leader"), ("li", "leader"))):
            await site.run("people.enrol", {"number": f"{number}", "login": login, "name": login}, "admin")
            await site.run("people.grant_role", {"role": role}, "admin", target=[login])
        await site.run("site.set_figure", KEEP | {"rule": "lost-02", "name": "agreed_by", "value": "leader",
                                                  "from_day": "today"})  # fmt: skip
        yield site


async def test_a_change_holds_once_a_second_person_agrees(agreed: Site) -> None:
    outcome = await agreed.run("site.set_figure", KEEP)
    assert outcome.text and outcome.text.id == "site.done.figure_asked"
    assert (await agreed.kept(), (await agreed.figures())[-1]) == (30, ("keep", "60 d", "waiting"))
    with pytest.raises(NotPermitted, match="own_request"):
        await agreed.run("approvals.approve", target=[1])
    outcome = await agreed.run("approvals.approve", {}, "li", target=[1])
    assert (await agreed.kept(), await agreed.kept(date(2026, 11, 30))) == (60, 30)
    assert (await agreed.figures())[-1] == ("keep", "60 d", "in force")
    entry = await agreed.host.call(journal.entry(agreed.host, outcome.entry))
    [change] = [one for one in entry.changes if one["table"] == "site_figure"]
    assert [(change[side]["state"], change[side]["old"], change[side]["value"]) for side in ("before", "after")] == [
        ("waiting", "2592000.0", "5184000.0"), ("set", "2592000.0", "5184000.0")
    ]  # fmt: skip
    assert (entry.actor, change["after"]["set_by"], change["after"]["reason"]) == ("li", "wang", "full shelves")
    assert [note.args["old"] for note in outcome.notes] == [timedelta(days=30)]


async def test_what_waited_beyond_its_day_holds_from_the_day_it_is_agreed_to(agreed: Site) -> None:
    await agreed.run("site.set_figure", KEEP)
    agreed.host.clock = lambda: NOW + timedelta(days=10)
    await agreed.run("approvals.approve", {}, "li", target=[1])
    assert (await agreed.kept(date(2026, 12, 3)), await agreed.kept(date(2026, 12, 4))) == (30, 60)


async def test_refused_or_withdrawn_it_never_holds(agreed: Site) -> None:
    await agreed.run("site.set_figure", KEEP)
    with pytest.raises(Refusal, match="waiting"):
        await agreed.run("site.set_figure", KEEP | {"value": "90 d"}, "li")
    await agreed.run("approvals.refuse", {"note": "too long"}, "li", target=[1])
    await agreed.run("site.set_figure", KEEP | {"value": "90 d"})
    await agreed.run("approvals.withdraw", target=[2])
    assert await agreed.kept() == 30
    assert [state for name, _, state in await agreed.figures() if name == "keep"] == ["refused", "withdrawn"]


async def test_no_emergency_changes_a_figure(agreed: Site) -> None:
    await agreed.run("people.enrol", {"number": "9", "login": "nick", "name": "nick"}, "admin")
    await agreed.run("people.grant_role", {"role": "night"}, "admin", target=["nick"])
    await agreed.run("site.set_figure", KEEP)
    for login in ("nick", "admin"):  # neither without any permission, nor without the role
        with pytest.raises(NotPermitted, match="can_wait"):
            await agreed.run("approvals.approve", {}, login, target=[1], override="the shelves are full")
    assert await agreed.kept() == 30


async def test_a_switch_waits_too_and_other_areas_do_not(agreed: Site) -> None:
    await agreed.run("site.set_figure", KEEP | {"rule": "lost-02", "name": "on", "value": "off"})
    ctx = await agreed.host.call(agreed.host.context(await agreed.host.call(agreed.host.actor("wang"))))
    assert ctx.rule("lost-02", FIRST).on
    await agreed.run("approvals.approve", {}, "li", target=[1])
    ctx = await agreed.host.call(agreed.host.context(ctx.actor))
    assert not ctx.rule("lost-02", FIRST).on
    outcome = await agreed.run("site.set_figure", KEEP | {"rule": "keys-22", "name": "loan_max", "value": "8 h"})
    assert outcome.text and outcome.text.id == "site.done.figure"
