"""What a field is for: told in the form, at the command line and in the form for an import, from one text."""

from __future__ import annotations

import re

import pytest

from cstui.host import Host
from cstui.sheet.fields import fields_of
from cstui.words import LANGUAGES

HELP = re.compile(r"(?:(?P<area>\w+)\.)?field\.(?P<field>\w+)\.help(?:\.(?P<action>\w+))?")


def fields(host: Host) -> set[tuple[str, str, str]]:
    """Area, action and name of every field that somebody fills in."""
    return {(one.area, one.name, field.name) for one in host.actions.values() for field in fields_of(one.input)}


def test_it_is_told_of_fields_that_there_are(host: Host) -> None:
    asked = fields(host)
    for found in filter(None, map(HELP.fullmatch, host.words.texts("en"))):
        area, field, action = found["area"], found["field"], found["action"]
        assert any(
            one[2] == field and area in (None, one[0]) and action in (None, one[1]) for one in asked
        ), found[0]  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_names_rules_of_the_act_or_of_another_that_there_is(host: Host, lang: str) -> None:
    for area, action, field in fields(host):
        told = host.words.meaning(f"{area}.{action}", field, lang)
        named = {*re.findall(r"[a-z]+-\d+", told)}
        assert named <= host.rules.keys(), (area, action, field, named - host.rules.keys())
        other = "zh_CN" if lang == "en" else "en"
        assert named == {*re.findall(r"[a-z]+-\d+", host.words.meaning(f"{area}.{action}", field, other))}


def test_that_of_one_act_stands_before_that_of_the_area(host: Host) -> None:
    say = host.words.meaning
    assert "keys-25" in say("keys.lend", "consent_ref", "en")
    assert "keys-26" in say("keys.request_copies", "consent_ref", "zh_CN")
    assert say("keys.register", "tag_no", "en").startswith("The number on the key's tag")
    assert say("keys.register", "unit", "en") == ""
