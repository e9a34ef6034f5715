"""Whether a declaration can be used: all its faults at once, each a sentence for its author."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any

from tortoise.models import Model

from cstui.contract.action import Action
from cstui.contract.chart import ANSWERS, Chart, Figures
from cstui.contract.declare import API, Area, Ref, Register
from cstui.contract.inputs import Input
from cstui.contract.records import Evidence, Growing
from cstui.words import LANGUAGES, differences, host_folders, read_words

HOST_AREAS = ("people", "approvals", "ledger", "site", "review")
RESERVED = frozenset(
    {
        "demo", "init", "migrate", "doctor", "tick", "list", "show", "import", "export", "print", "chart", "journal",
        "rules", "trace", "copy", "backup", "restore", "plugin", "ssh-key", "ssh_key", "help", "house", "host", "core",
        "action", "field", "declared", "emergency",
    }
)  # fmt: skip
"""Words of the command line and of the house: no area may be called so (`review` and the like are the host's own)."""
ROOMS = frozenset(host_folders()) - {"", *HOST_AREAS}
"""Rooms of the host that have texts: an area of that name would take their place."""


def faults_of(area: Any, *, words: bool = True) -> list[str]:
    """What is wrong with an area on its own. `words` reads its texts too (two files)."""
    if not isinstance(area, Area):
        return [f'{area!r:.60} is no Area: AREA = Area("name", …) is what a plugin declares']
    if not re.fullmatch(r"[a-z][a-z0-9_]*", str(area.id)) or area.id in RESERVED | ROOMS:
        return [f"area id {area.id!r}: small letters, digits and _ only, and no word of the command line or of cstui"]
    if area.api != API:
        return [f"area {area.id} is made for contract version {area.api}; this program speaks version {API}"]
    checks: list[Callable[[Area], Iterator[str]]] = [_ids, _rules, _actions, _registers, _async, _models, _rest]
    if words:
        checks.append(_words)
    faults: list[str] = []
    for check in checks:
        try:
            faults += check(area)
        except Exception as error:  # a declaration of wrong types breaks the checks themselves
            faults.append(f"area {area.id}: {type(error).__name__}: {error}")
    return faults


def faults_among(area: Area, areas: Mapping[str, Area]) -> list[str]:
    """What an area names that no area declares: registers of its inputs and actions."""
    known = {register.id for one in areas.values() for register in one.registers}
    faults = []
    for action in area.actions:
        named = {action.register, *(ref.register for ref in refs(action.input))} - {""}
        faults += [f"action {action.id}: there is no register {name}" for name in sorted(named - known)]
    faults += [
        f"paper {paper.id}: there is no register {paper.register}"
        for paper in area.papers
        if paper.register not in known
    ]
    for register in area.registers:
        faults += [
            f"register {register.id}: there is no register {related.register}"
            for related in register.related
            if related.register not in known and related.register.split(".", 1)[0] in areas
        ]
    return faults


@cache
def refs(input_model: type | None) -> list[Ref]:
    """References in an input's fields, also inside lists and optionals."""
    fields = getattr(input_model, "model_fields", {})
    found = [one for field in fields.values() for one in field.metadata if isinstance(one, Ref)]
    for field in fields.values():
        found += _refs_in(field.annotation)
    return found


def _refs_in(annotation: Any) -> list[Ref]:
    found = [one for one in getattr(annotation, "__metadata__", ()) if isinstance(one, Ref)]
    for inner in getattr(annotation, "__args__", ()):
        found += _refs_in(inner)
    return found


def _ids(area: Area) -> Iterator[str]:
    seen: set[str] = set()
    for kind, things in (
        ("action", area.actions), ("register", area.registers), ("fact", area.facts), ("approval", area.approvals),
        ("paper", area.papers), ("chart", area.charts), ("view", area.views),
    ):  # fmt: skip
        for thing in things:
            one = str(thing.id)
            if not re.fullmatch(rf"{area.id}\.[a-z][a-z0-9_]*", one):
                yield f"{kind} id {one!r} must begin with {area.id}. and be of small letters, digits and _"
            if (key := f"{kind} {one}") in seen:
                yield f"{key} is declared twice: give one of them another id"
            seen.add(key)


def _rules(area: Area) -> Iterator[str]:
    ids: set[str] = set()
    params: set[str] = set()
    for rule in area.rules:
        if rule.area != area.id:
            yield f"rule id {rule.id!r} must begin with {area.id}-, as in {area.id}-01"
        if rule.id in ids:
            yield f"rule {rule.id} is declared twice: give one of them another number"
        ids.add(rule.id)
        for param in rule.params:
            if param.name in params:
                yield f"rule {rule.id}: the figure {param.name} stands in another rule already: give it another name"
            params.add(param.name)
            if param.choices and isinstance(param.default, str) and param.default not in param.choices:
                yield f"rule {rule.id}: the figure {param.name} is none of its choices"


def _actions(area: Area) -> Iterator[str]:
    rules = {rule.id for rule in area.rules}
    actions = {action.id for action in area.actions}
    for action in area.actions:
        where = f"action {action.id}"
        own = [*action.rules, *(one.rule for one in action.separate), *(one.rule for one in action.signatures)]
        for rule in own:
            if rule.rsplit("-", 1)[0] == area.id and rule not in rules:
                yield f"{where}: there is no rule {rule}: declare it under rules= of the area, or take it out of rules="
        if action.target != "none" and not action.register:
            yield f"{where}: works on rows, but names no register: add register="
        if action.target not in ("none", "row", "rows"):
            yield f"{where}: target {action.target!r} is none of none, row, rows"
        if action.inverse and action.inverse not in actions:
            yield f"{where}: there is no action {action.inverse}"
        if action.mnemonic and not re.fullmatch(r"[a-z0-9]", action.mnemonic):
            yield f"{where}: the mnemonic {action.mnemonic!r} is no small letter (capitals are the host's own keys)"
        yield from _input(action, where)


def _input(action: Action, where: str) -> Iterator[str]:
    if action.input is None:
        if action.bulk or action.signatures:
            yield f"{where}: import and signatures need an input: add input="
        return
    if not (isinstance(action.input, type) and issubclass(action.input, Input)):
        yield f"{where}: its input is no cstui.api.Input: class …(Input)"
        return
    named = [name for one in action.signatures for name in (one.pin, one.person) if name]
    named += [*action.bulk.natural_key, *action.bulk.aliases] if action.bulk else []
    for name in named:
        if name.split(".", 1)[0] not in action.input.model_fields:
            yield f"{where}: its input has no field {name}: add it to the input, or take it out of bulk= or signatures="


def _registers(area: Area) -> Iterator[str]:
    for register in area.registers:
        where = f"register {register.id}"
        if not (isinstance(register.model, type) and issubclass(register.model, Model)):
            yield f"{where}: its model is no Tortoise model: class …(Record) from cstui.api"
            continue
        for name in (*register.natural_key, *register.lookup, register.sort.lstrip("-")):
            if name and not _has_field(register, name):
                yield f"{where}: its model has no field {name}: put right natural_key=, lookup= or sort="
        if not register.natural_key:
            yield f'{where}: needs a natural key: natural_key=("…",), the fields by which people name a row'
        columns = [column.name for column in (*register.columns, *register.sections)]
        for name in sorted({name for name in columns if columns.count(name) > 1}):
            yield f"{where}: the column {name} is declared twice: take one out of columns or sections"
        for column in (*register.columns, *register.sections):
            if column.sort and not _has_field(register, column.sort):
                yield f"{where}: column {column.name} sorts by {column.sort}, no field: leave out sort="


def _has_field(register: Register, name: str) -> bool:
    meta: Any = register.model._meta  # type: ignore[attr-defined]
    first = name.replace("__", ".").split(".", 1)[0]
    return first == "pk" or first in meta.fields_map or first.removesuffix("_id") in meta.fields_map


def _async(area: Area) -> Iterator[str]:
    functions: list[tuple[str, Any]] = [("due", area.due), ("demo", area.demo)]
    for action in area.actions:
        named = ("run", action.run), ("prefill", action.prefill), ("blocked", action.blocked), ("effect", action.effect)
        functions += [(f"action {action.id}: {name}", function) for name, function in named]
        functions += [(f"action {action.id}: import", action.bulk.run)] if action.bulk else []
    functions += [(f"fact {fact.id}", fact.fn) for fact in area.facts]
    for kind in area.approvals:
        functions += [(f"approval {kind.id}: approved", kind.approved), (f"approval {kind.id}: refused", kind.refused)]
    functions += [(f"paper {paper.id}", paper.make) for paper in area.papers]
    functions += [(f"chart {chart.id}", chart.fn) for chart in area.charts]
    functions += [(f"view {view.id}", view.fn) for view in area.views]
    functions += [(f"consequence of {one.action}", one.run) for one in area.consequences]
    for name, function in functions:
        called = getattr(function, "func", function)  # of a functools.partial
        if function is not None and not any(
            inspect.iscoroutinefunction(one)
            for one in (called, getattr(called, "__call__", None))  # noqa: B004
        ):
            yield f"{name} isn't async: write async def"


def _models(area: Area) -> Iterator[str]:
    if not area.models:
        if any(register.model.__module__.startswith(f"cstui_{area.id}.") for register in area.registers):
            yield f"area {area.id} has registers of its own records but names no models"
        return
    module = importlib.import_module(area.models)
    home = area.models.rpartition(".")[0] or area.models
    grows = True
    reachable = {area.id, "people", *(HOST_AREAS if area.id in HOST_AREAS else ())}
    for model in vars(module).values():
        if not (isinstance(model, type) and issubclass(model, Model)) or not f"{model.__module__}.".startswith(
            f"{home}."
        ):
            continue
        meta: Any = model._meta
        if meta.abstract:
            continue
        grows = grows and issubclass(model, Growing)
        if not str(meta.db_table).startswith(f"{area.id}_"):
            yield f"record {model.__name__}: its table {meta.db_table!r} must be called {area.id}_… (in its class Meta)"
        if issubclass(model, Evidence) and not getattr(meta.fields_map.get(model.unique), "unique", False):
            yield f"record {model.__name__}: unique = {model.unique!r} names no unique field: add unique=True to it"
        for name, field in meta.fields_map.items():
            target = getattr(field, "model_name", None)
            if isinstance(target, str) and "." in target and target.split(".", 1)[0] not in reachable:
                yield f"record {model.__name__}: {name} points to {target}; only to own records and to people's"
    if not area.migrations:
        if not grows:
            yield f'area {area.id} has records but no migrations: add migrations=f"{{__name__}}.migrations"'
    elif importlib.util.find_spec(area.migrations) is None:
        yield f"area {area.id}: there is no package {area.migrations}: run cstui plugin migrate {area.id}"


def _rest(area: Area) -> Iterator[str]:
    for statement in area.constraints:
        if not re.search(r"\bIF (NOT )?EXISTS\b", statement, re.IGNORECASE):
            yield f"a constraint is applied after each migration and needs IF NOT EXISTS: {statement:.60}"
    for chart in area.charts:
        if chart.kind not in ANSWERS:
            yield f"chart {chart.id}: kind {chart.kind!r} is none of {', '.join(ANSWERS)}"
        if chart.span not in ("now", "week", "month"):
            yield f"chart {chart.id}: span {chart.span!r} is none of now, week, month"
    for lang, texts in area.renamed.items():
        known = read_words(area.strings, lang) if lang in LANGUAGES else {}
        for name in texts:
            if name not in known and not name.startswith("field."):  # the host has words for fields, too
                near = "".join(f"; the nearest is {one}" for one in get_close_matches(name, known, 1))
                yield f"renamed: there is no text {name} in {lang}{near}"


def _words(area: Area) -> Iterator[str]:
    texts = {lang: read_words(area.strings, lang) for lang in LANGUAGES}
    needed = ["title", *(f"register.{one.id.split('.', 1)[1]}" for one in area.registers)]
    needed += [f"action.{one.name}" for one in area.actions]
    needed += [name for chart in area.charts for name in chart_words(chart)]
    needed += [view.text.partition(".")[2] for view in area.views]
    needed += [f"rule.{one.id.rsplit('-', 1)[1]}" for one in area.rules]
    yield from (
        f"text {text_id} is missing: write it in strings/zh_CN.toml and strings/en.toml"
        for text_id in needed
        if not any(text_id in one for one in texts.values())
    )
    yield from (f"text {fault}" for fault in differences(texts))


def chart_words(chart: Chart) -> list[str]:
    """The texts that a chart needs, without its area's id; figures have a unit."""
    name = chart.text.partition(".")[2]
    return [name, f"{name}.help", *([f"{name}.unit"] if ANSWERS.get(chart.kind) is Figures else [])]
