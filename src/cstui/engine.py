"""The one door: every write of the house goes through `run` or `run_bulk`.

permit → sign → begin and lock → permit, as roles stand by then → parse → separate → vetoes → domain function →
consequences → journal → commit → announce. A refusal is journalled in a transaction of its own, after the rollback. In
an emergency a permission may be lacking, and nothing else: docs/decisions/override.md.
"""

from __future__ import annotations

import difflib
import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cstui import signing
from cstui.act import Act, Outcome, Progress, Stopped
from cstui.bulk import BulkAct, BulkOutcome, Line, RawRow
from cstui.contract.action import Action
from cstui.contract.context import Actor
from cstui.contract.errors import BadInput, Fault, NotPermitted, Refusal
from cstui.contract.text import Text
from cstui.permitted import permit
from cstui.plugins import call_each

if TYPE_CHECKING:
    from cstui.host import Host

__all__ = ["BulkOutcome", "Line", "Outcome", "Progress", "RawRow", "Stopped", "action_of", "run", "run_bulk"]

log = logging.getLogger(__name__)


async def run(
    host: Host,
    action_id: str,
    raw: Mapping[str, Any],
    actor: Actor,
    *,
    target: Sequence[int | str] = (),
    version: int | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    override: str = "",
) -> Outcome:
    """Do an action. `target` are pks or natural keys; `version` is the one the form saw.

    `override` is why it is done in an emergency by somebody who lacks the permission, or the role, that it needs.

    `progress` is called inside the transaction by a long act (`ctx.progress`): it touches no screen and no store; what
    it raises (`Stopped`) takes all back.

    Raises Refusal, BadInput (BadInputs for several fields), NotPermitted, Stale, StoreFault: then nothing is stored.
    """
    action = action_of(host, action_id)
    override = _reason(override) if override else ""
    act = Act(host, action, actor, progress, override)
    try:
        permit(action, actor, override)
        await host.store.call(signing.verify(host, action, raw, actor))
        outcome = await host.store.call(act.single(raw, target, version, dry_run))
        if act.sealed and not dry_run:
            await host.store.call(host.store.empty_log())
    except (Refusal, NotPermitted) as fault:
        if not dry_run:
            await _refused(act, fault)
        raise
    await _announce(host, action, actor, outcome.entry, outcome.text)
    return outcome


async def run_bulk(
    host: Host,
    action_id: str,
    rows: Iterable[RawRow],
    actor: Actor,
    *,
    dry_run: bool = False,
    skip_bad: bool = False,
    progress: Progress | None = None,
) -> BulkOutcome:
    """Do an importable action for many rows (line number, raw values) as one act; they are read once, in parts.

    With a faulty line nothing is stored, unless `skip_bad`; `entry` is 0 then. `progress` is called inside the
    transaction, after each part: it touches no screen and no store; what it raises (`Stopped`) takes all back.
    """
    action = action_of(host, action_id)
    if action.bulk is None:
        raise BadInput("engine.not_importable", field="action", value=action_id)
    act = BulkAct(host, action, actor)
    try:
        permit(action, actor)
        outcome = await host.store.call(act.run(rows, dry_run, skip_bad, progress))
    except (Refusal, NotPermitted) as fault:
        if not dry_run:
            await _refused(act, fault)
        raise
    for entry in range(outcome.entry, outcome.entry + outcome.parts):
        await _announce(host, action, actor, entry, None)
    return outcome


def action_of(host: Host, action_id: str) -> Action:
    """The declared action. Raises BadInput with the nearest id."""
    action = host.actions.get(action_id)
    if action is None:
        near = difflib.get_close_matches(action_id, host.actions, 1)
        raise BadInput("engine.no_action", field="action", value=action_id, near=near[0] if near else "")
    return action


def _reason(override: str) -> str:
    """Why an act is an emergency. Raises BadInput unless it is one line of text, and not a long one."""
    from pydantic import TypeAdapter, ValidationError

    from cstui.contract.inputs import Reason

    try:
        return str(TypeAdapter(Reason).validate_python(override.strip()))
    except ValidationError as error:
        raise BadInput("engine.override_reason", field="override", value=override) from error


async def _refused(act: Act, fault: Fault) -> None:
    """Journal a refusal after the rollback; never that of an anonymous act."""
    if act.action.anonymous or act.host.store.read_only:
        return
    try:
        await act.host.store.call(act.refuse(fault))
    except Fault:
        log.warning("a refusal of %s could not be journalled", act.action.id)


async def _announce(host: Host, action: Action, actor: Actor, entry: int, text: Text | None) -> None:
    """After the commit: tell the listeners. Their errors are logged (by `call_each`) and undo nothing."""
    if not entry or not host.manager.hook.cstui_action_done.get_hookimpls():
        return
    ctx = await host.store.call(host.context(actor))
    heard = call_each(host.manager, "cstui_action_done", ctx=ctx, action=action, entry=entry, text=text)
    async for plugin, answer in heard:
        if isinstance(answer, Fault):
            log.error("plugin %s refused %s, which is done: %s", plugin, action.id, answer.text.id)
