# Frozen: written for version 1 of the contract. Never edit: it must run with every later program of that version.
"""A veto: at night no key leaves the desk."""

from cstui.api import Refusal, hookimpl


@hookimpl
def cstui_check_action(ctx, action, rows, data):
    if action.id == "keys.lend" and not 6 <= ctx.local(ctx.now).hour < 22:
        return Refusal("Keys are lent from 6:00 to 22:00")
