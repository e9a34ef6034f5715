"""Everything by name: what can be done here, records, registers, screens, settings, and what is done elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tortoise.expressions import Q

from cstui import registers as reading
from cstui.bindings import CORE
from cstui.contract.errors import Fault
from cstui.contract.records import Record
from cstui.contract.search import fold
from cstui.contract.text import Text
from cstui.store.state import keep, recall
from cstui.tui.permitted import can_override, unable
from cstui.tui.screens.pick import Choice
from cstui.tui.theme import PALETTES
from cstui.words import LANGUAGES

if TYPE_CHECKING:
    from cstui.contract.action import Action
    from cstui.contract.declare import Register
    from cstui.tui.app import Dashboard
    from cstui.tui.keyed import Keyed

RECENT = 8
"""Choices remembered as used last."""
EACH = 5
"""Records shown of one register; the best of so many `CONSIDERED`."""
CONSIDERED = 20
THEMES = {f"theme_{name}": name for name in ("auto", *PALETTES)}
SETTINGS = (*LANGUAGES, *THEMES, "keymap")


def choice(app: Dashboard, name: str, label: Text, key: str = "", remark: Text | str = "", dim: bool = False) -> Choice:
    """A choice that is found by its label in either language."""
    other = next(lang for lang in LANGUAGES if lang != app.lang)
    also = app.words.say(label, other)
    return Choice(name, app.say(label), key, app.say(remark) if remark else "", dim, also)


def _titled(area: str, text_id: str) -> Text:
    return Text("tui.palette.of", area=Text(f"{area}.title"), what=Text(text_id))


def here(page: Keyed) -> list[Choice]:
    """The actions on the current row, or why they can't be done now."""
    return [
        choice(
            page.app, f"action:{one.action.id}", Text(f"{one.action.area}.action.{one.action.name}"), one.key,
            one.why or page.about(one.action), one.why is not None,
        )
        for one in page.offers
    ]  # fmt: skip


def core(page: Keyed, names: Iterable[str]) -> list[Choice]:
    """The dashboard's own doings on this page."""
    made = []
    for name in dict.fromkeys(names):
        if page.does(name):
            reason = page.core_reason(name)
            told, dim = reason or page.core_help(name), reason is not None
            made.append(choice(page.app, f"core:{name}", Text(f"tui.core.{name}"), page.key_of(name), told, dim))
    return made


def registers(app: Dashboard) -> list[Choice]:
    """The registers this actor may look at: the regulations' first, then the house's."""
    return [
        choice(app, f"register:{one.id}", _titled(_area(one), f"{_area(one)}.register.{one.id.split('.', 1)[1]}"))
        for one in _seen(app)
    ]


def charts(app: Dashboard) -> list[Choice]:
    """The charts this actor may see; that word finds them all."""
    from cstui.charts import needs

    assert app.host and app.actor
    remark = Text("tui.chart.kind")
    kind = " ".join(app.words.say(remark, lang) for lang in LANGUAGES)
    made = [
        choice(app, f"chart:{one.id}", _titled(one.area, one.text), "", remark)
        for one in app.host.charts.values()
        if app.actor.may(needs(one))
    ]
    return [replace(one, also=f"{one.also} {kind}") for one in made]


def _area(register: Register) -> str:
    return register.id.split(".", 1)[0]


def _seen(app: Dashboard) -> list[Register]:
    assert app.host and app.actor
    shipped = {area for plugin in app.host.loaded.plugins for area in plugin.areas}
    known = sorted(app.host.registers.values(), key=lambda one: _area(one) not in shipped)
    return [one for one in known if app.actor.may(one.needs or f"{_area(one)}.look")]


def everything(page: Keyed) -> list[Choice]:
    """All that has a name, what can be done here first; records are found as one types."""
    app = page.app
    made = [*here(page), *core(page, page.MENU), *registers(app), *charts(app), *_views(app)]
    made += core(page, [name for name in (*page.UNKEYED, *CORE) if name not in page.MENU])
    made += [*_settings(page), *_elsewhere(page, {one.id for one in made})]
    used = {name: place for place, name in enumerate(app.recent, 1)}
    return [replace(one, recent=used.get(one.id, 0)) for one in made if one.id != "core:palette"]


def _views(app: Dashboard) -> list[Choice]:
    """The areas' own pages that this actor may see."""
    assert app.host and app.actor
    return [
        choice(app, f"view:{one.id}", _titled(one.area, one.text))
        for one in app.host.views.values()
        if app.actor.may(one.permission)
    ]


def _settings(page: Keyed) -> list[Choice]:
    current, in_use = Text("tui.setting.current"), (page.app.lang, f"theme_{page.app.asked}")
    return [
        choice(page.app, f"setting:{name}", Text(f"tui.setting.{name}"), "", current if name in in_use else "")
        for name in SETTINGS
    ]


def _elsewhere(page: Keyed, listed: set[str]) -> list[Choice]:
    """Actions that need no row, and those for which one chooses a row first."""
    made = []
    for action in page.host.actions.values():
        if action.hidden or f"action:{action.id}" in listed:
            continue
        where = Text("tui.palette.at", register=_register_name(action)) if action.target != "none" else None
        if where is None or action.register:
            reason = unable(page.app, action)
            kind = "at" if where else "action"
            label = _titled(action.area, f"{action.area}.action.{action.name}")
            told = reason or where or page.about(action)
            made.append(choice(page.app, f"{kind}:{action.id}", label, "", told, reason is not None))
    return made


def _register_name(action: Action) -> Text:
    area, _, name = action.register.partition(".")
    return Text(f"{area}.register.{name}")


async def records(page: Keyed, asked: str) -> list[Choice]:
    """Records of all registers whose search text has all that is asked for; those of the page's register first."""
    app = page.app
    assert app.host and app.actor
    ctx = await app.host.context(app.actor)
    here = page.subject()[0]
    made = []
    for register in sorted(await _holding(app, asked), key=lambda one: one.id != here):
        area = _area(register)
        title = app.say(f"{area}.register.{register.id.split('.', 1)[1]}")
        found = (await reading.page(app.host, ctx, register.id, search=asked, limit=CONSIDERED)).rows
        named = [(row.pk, _named(app, register, row)) for row in found]
        named.sort(key=lambda one: not all(word in fold(one[1]) for word in fold(asked).split()))
        made += [Choice(f"record:{register.id}:{pk}", words, "", title) for pk, words in named[:EACH]]
    return made


async def _holding(app: Dashboard, asked: str) -> list[Register]:
    """The registers that have a record with all that is asked for in its search text: one query for all of them."""
    assert app.host
    words = [re.sub(r"([\\%_])", r"\\\1", word) for word in fold(asked).split()]
    mark = "?" if app.host.store.dialect == "sqlite" else "$"
    found = " AND ".join(f"search LIKE {mark}{n} ESCAPE '\\'" for n in range(1, len(words) + 1))
    searched = {one.id: one for one in _seen(app) if issubclass(one.model, Record)}
    if not (searched and words):
        return []
    rows = await app.host.store.query(
        " UNION ALL ".join(
            f"SELECT '{name}' AS register WHERE EXISTS (SELECT 1 FROM {_table(one)} WHERE {found})"
            for name, one in searched.items()
        ),
        [f"%{word}%" for word in words],
    )
    return [searched[row["register"]] for row in rows]


def _table(register: Register) -> str:
    model: Any = register.model
    return str(model._meta.db_table)


async def named(app: Dashboard, register_id: str, pks: Sequence[int]) -> list[Choice]:
    """These records of a register, by their names."""
    assert app.host and app.actor
    ctx = await app.host.context(app.actor)
    register = reading.register_of(app.host, ctx, register_id)
    page = await reading.page(app.host, ctx, register_id, within=Q(id__in=list(pks)), limit=len(pks))
    return [Choice(f"record:{register_id}:{row.pk}", _named(app, register, row)) for row in page.rows]


def _named(app: Dashboard, register: Register, row: reading.Row) -> str:
    """A record by its first columns."""
    values = (row.values[column.name] for column in register.columns[:3])
    return "  ".join(app.value(value, _area(register)) for value in values if value not in (None, ""))


# where a choice leads


async def used_before(app: Dashboard) -> list[str]:
    """What this login chose last, the newest first."""
    return list(await app.call(recall(app.login, "palette", [])))


async def _remember(app: Dashboard, chosen: str) -> None:
    recent = [chosen, *(one for one in app.recent if one != chosen)][:RECENT]
    if app.host and recent != app.recent:
        app.recent = recent
        with suppress(Fault):  # a store that can't be written now forgets it: no harm
            await app.call(keep(app.host.store, app.login, "palette", recent))


async def follow(page: Keyed, chosen: str) -> None:
    """Go where a choice points."""
    from cstui.tui.screens.chart import ChartPage
    from cstui.tui.screens.record import Record as RecordPage
    from cstui.tui.screens.register import Register
    from cstui.tui.screens.view import ViewPage

    kind, _, name = chosen.partition(":")
    if kind != "record":
        await _remember(page.app, chosen)
    if kind == "register":
        page.app.push_screen(Register(name))
    elif kind == "chart":
        page.app.push_screen(ChartPage(name))
    elif kind == "record":
        register_id, _, pk = name.partition(":")
        page.app.push_screen(RecordPage(register_id, int(pk)))
    elif kind == "view":
        page.app.push_screen(ViewPage(name))
    elif kind == "setting":
        await _set(page, name)
    elif kind == "core":
        await page.do_core(name)
    elif any(offer.action.id == name for offer in page.offers):
        await page.perform_offer(name)
    else:
        await _do(page, page.host.actions[name])


async def _do(page: Keyed, action: Action) -> None:
    """Do an action that isn't offered here: at once, or at its register, where one chooses the row."""
    from cstui.tui.screens.register import Register

    reason, emergency = unable(page.app, action), can_override(page.app, action)
    if reason and (action.target == "none" or not emergency):
        await page.hindered(action, reason, emergency)
    elif action.target == "none":
        await page.perform(action)
    else:
        register = Register(action.register)
        await page.app.push_screen(register)
        key = register.key_of(action.id) or register.key_of("menu")
        label = Text(f"{action.area}.action.{action.name}")
        register.status(Text("tui.palette.choose", key=key, action=label), "accent")


async def _set(page: Keyed, name: str) -> None:
    if name == "keymap":
        page.status(Text("tui.setting.keymap_how", path=str(page.app.config)))
    elif name in THEMES:
        await page.app.choose_theme(THEMES[name])
    elif name != page.app.lang:
        page.app.switch_language()
