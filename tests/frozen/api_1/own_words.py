# Frozen: written for version 1 of the contract. Never edit: it must run with every later program of that version.
"""An amended area: a column is called otherwise, and lending answers to another key."""

from dataclasses import replace

from cstui.api import hookimpl

WORDS = {"en": {"field.tag_no": "Hook"}, "zh_CN": {"field.tag_no": "挂钩号"}}
KEYS = {"keys.lend": "v"}


@hookimpl
def cstui_amend_area(area):
    if area.id == "keys":
        actions = tuple(replace(one, mnemonic=KEYS.get(one.id, one.mnemonic)) for one in area.actions)
        return replace(area, actions=actions, renamed=WORDS)
