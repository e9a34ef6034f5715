"""Keys that end otherwise than by loss: destroyed before a witness, or not accepted when they came."""

from __future__ import annotations

from collections.abc import Sequence

from cstui.api import Context, Refusal, Text, choice
from cstui_keys import custody
from cstui_keys.blocked import unless_in
from cstui_keys.copies.inputs import DestroyKeys, RejectKeys
from cstui_keys.kinds import TRANSITIONS, CustodyKind, KeyState
from cstui_keys.labels import names
from cstui_keys.models import Key


async def destroy(ctx: Context, keys: Sequence[Key], data: DestroyKeys) -> Text:
    """Keys from the cabinet were destroyed; the reason stands in the journal, the witness in the chain, too."""
    await _end(ctx, keys, CustodyKind.DESTROY, KeyState.DESTROYED, f"witness {data.witness.login}"[:64])
    return Text("keys.done.destroyed", keys=names(keys), person=data.witness.name)


async def reject(ctx: Context, keys: Sequence[Key], data: RejectKeys) -> Text:
    """Keys that came aren't accepted: they don't fit, or nobody may have them. They go back to who brought them."""
    await _end(ctx, keys, CustodyKind.REJECT, KeyState.REJECTED, "")
    return Text("keys.done.rejected", keys=names(keys))


async def _end(ctx: Context, keys: Sequence[Key], kind: CustodyKind, state: KeyState, ref: str) -> None:
    for key in keys:
        if key.state not in _before(state):
            raise Refusal(
                f"keys.refusal.not_{state.value}", field="key", value=key.tag_no, rule="keys-07",
                state=choice("keys", key.state),
            )  # fmt: skip
    await custody.move(ctx, keys, kind, custody.NOBODY, state, ref)


async def destroy_effect(ctx: Context, keys: Sequence[Key], data: DestroyKeys) -> Text:
    return Text("keys.effect.destroy", count=len(keys), keys=names(keys), person=data.witness.name)


async def destroy_blocked(ctx: Context, key: Key) -> Text | None:
    return unless_in(key.state, _before(KeyState.DESTROYED))


async def reject_blocked(ctx: Context, key: Key) -> Text | None:
    return unless_in(key.state, _before(KeyState.REJECTED))


def _before(end: KeyState) -> list[KeyState]:
    """States in which a key may end so."""
    return [state for state, following in TRANSITIONS.items() if end in following]
