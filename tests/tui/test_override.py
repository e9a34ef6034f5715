"""An act whose permission is lacking, done from the dashboard in an emergency."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cstui import engine
from cstui.host import Host
from cstui.tui.screens.emergency import Emergency
from cstui.tui.screens.form import Form
from cstui.tui.screens.register import Register

WHY = "the pumps stand still"


async def test_what_one_may_not_do_is_done_in_an_emergency_for_a_reason(
    sit: Any, run: Any, key: Any, host: Host, config_path: Path
) -> None:
    night = '"people.look", "review.look", "keys.look", "emergency.override"'
    config_path.write_text(f"{config_path.read_text('utf-8')}night = [{night}]\n", "utf-8")
    host.settings.roles["night"] = frozenset()
    await run("keys.register", key)
    for number, login in (("1", "nick"), ("2", "nora")):
        await run("people.enrol", {"number": number, "login": login, "name": login, "department": "engineering"})
    await run("people.grant_role", {"role": "night"}, target=["nick"])
    async with sit(login="nick", size=(80, 24)) as desk:
        await desk.press("G")
        await desk.type("keys.keys")
        await desk.press("enter")
        await desk.until(lambda: getattr(desk.app.screen, "offers", None))
        await desk.press("l")
        await desk.until(lambda: isinstance(desk.app.screen, Emergency))
        await desk.sees("for administrator to do")
        await desk.press("enter")  # not without a reason
        assert isinstance(desk.app.screen, Emergency)
        await desk.type(WHY)
        await desk.press("enter")
        await desk.until(lambda: isinstance(desk.app.screen, Form))
        await desk.sees(WHY)
        await desk.type("nora")
        await desk.press("tab")
        await desk.type("pumps")
        form = desk.app.screen
        await desk.press("f5")  # the form opens anew: it is the same emergency
        await desk.until(lambda: isinstance(desk.app.screen, Form) and desk.app.screen is not form)
        desk.app.screen.query_one("#field-signature_ref").focus()
        await desk.type("1")
        await desk.press("ctrl+s")
        await desk.until(lambda: isinstance(desk.app.screen, Register))
        await desk.sees("in an emergency")
    rows = await host.call(host.store.query("SELECT action, by_login, reason FROM approvals_override"))
    assert [tuple(row.values()) for row in rows] == [("keys.lend", "nick", WHY)]
    admin = await host.call(host.actor("admin"))
    await engine.run(host, "approvals.confirm_override", {}, admin, target=["#1"])
