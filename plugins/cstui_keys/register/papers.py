"""Labels to cut out (keys-13)."""

from __future__ import annotations

from collections.abc import Sequence

from cstui.api import Content, Context, Labels, Paper, Refusal, Text
from cstui_keys.kinds import GONE
from cstui_keys.models import Key


async def label_sheet(ctx: Context, keys: Sequence[Key]) -> list[Content]:
    """The labels of keys still kept, with their tag numbers."""
    kept = [key for key in keys if key.state not in GONE]
    if not kept:
        raise Refusal("keys.refusal.no_labels", field="key", value=keys[0].tag_no, rule="keys-13")
    return [Content(Text("keys.paper.labels"), [Labels([(key.label_text, key.tag_no) for key in kept])])]


PAPERS = (Paper("keys.labels", "keys.keys", label_sheet, rules=("keys-12", "keys-13"), needs="keys.keep"),)
