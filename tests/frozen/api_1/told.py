# Frozen: written for version 1 of the contract. Never edit: it must run with every later program of that version.
"""A listener: each act that was done becomes a line of a file, for whatever else the site runs."""

from pathlib import Path

from cstui.api import hookimpl

FILE = Path.home() / "cstui-acts.tsv"


@hookimpl
def cstui_action_done(ctx, action, entry, text):
    with FILE.open("a", encoding="utf-8") as file:
        file.write(f"{entry}\t{ctx.local(ctx.now).isoformat()}\t{ctx.actor.login}\t{action.id}\n")
