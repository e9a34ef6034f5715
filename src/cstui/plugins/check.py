"""Whether a declaration can be used: all its faults at once, each a text for its author."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache, partial
from typing import Any

from tortoise.models import Model

from cstui.contract.action import Action
from cstui.contract.chart import ANSWERS, Chart, Figures
from cstui.contract.declare import API, Area, Ref, Register
from cstui.contract.inputs import Input
from cstui.contract.records import Evidence, Growing
from cstui.contract.text import Text, Verbatim
from cstui.plugins.faults import at, cause, thing
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
TARGETS = ("none", "row", "rows")
SPANS = ("now", "week", "month")
ROOMS = frozenset(host_folders()) - {"", *HOST_AREAS}
"""Rooms of the host that have texts: an area of that name would take their place."""


def faults_of(area: Any, *, words: bool = True) -> list[Text]:
    """What is wrong with an area on its own. `words` reads its texts too (two files)."""
    if not isinstance(area, Area):
        return [Text("plugins.fault.no_area", value=f"{area!r:.60}")]
    if not re.fullmatch(r"[a-z][a-z0-9_]*", str(area.id)) or area.id in RESERVED | ROOMS:
        return [Text("plugins.fault.area_id", value=repr(area.id))]
    if area.api != API:
        return [Text("plugins.fault.api", area=area.id, given=area.api, spoken=API)]
    checks: list[Callable[[Area], Iterator[Text]]] = [_ids, _rules, _actions, _registers, _async, _models, _rest]
    if words:
        checks.append(_words)
    faults: list[Text] = []
    for check in checks:
        try:
            faults += check(area)
        except Exception as error:  # a declaration of wrong types breaks the checks themselves
            faults.append(at("area", area.id, cause(error)))
    return faults


def faults_among(area: Area, areas: Mapping[str, Area]) -> list[Text]:
    """What an area names that no area declares: registers of its inputs and actions."""
    known = {register.id for one in areas.values() for register in one.registers}
    faults: list[Text] = []

    def ask(kind: str, named: str, register: str) -> None:
        if register not in known:
            faults.append(at(kind, named, Text("plugins.fault.no_register", register=register)))

    for action in area.actions:
        for name in sorted({action.register, *(ref.register for ref in refs(action.input))} - {""}):
            ask("action", action.id, name)
    for paper in area.papers:
        ask("paper", paper.id, paper.register)
    for register in area.registers:
        for related in register.related:
            if related.register.split(".", 1)[0] in areas:
                ask("register", register.id, related.register)
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


def _ids(area: Area) -> Iterator[Text]:
    seen: set[tuple[str, str]] = set()
    for kind, things in (
        ("action", area.actions), ("register", area.registers), ("fact", area.facts), ("approval", area.approvals),
        ("paper", area.papers), ("chart", area.charts), ("view", area.views),
    ):  # fmt: skip
        for one in (str(declared.id) for declared in things):
            if not re.fullmatch(rf"{area.id}\.[a-z][a-z0-9_]*", one):
                yield Text("plugins.fault.id", kind=Text(f"plugins.kind.{kind}"), value=repr(one), area=area.id)
            if (kind, one) in seen:
                yield Text("plugins.fault.twice", thing=thing(kind, one))
            seen.add((kind, one))


def _rules(area: Area) -> Iterator[Text]:
    ids: set[str] = set()
    params: set[str] = set()
    for rule in area.rules:
        wrong = partial(at, "rule", rule.id)
        if rule.area != area.id:
            yield Text("plugins.fault.rule_id", value=repr(rule.id), area=area.id)
        if rule.id in ids:
            yield Text("plugins.fault.rule_twice", thing=thing("rule", rule.id))
        ids.add(rule.id)
        for param in rule.params:
            if param.name in params:
                yield wrong(Text("plugins.fault.figure_twice", figure=param.name))
            params.add(param.name)
            if param.choices and isinstance(param.default, str) and param.default not in param.choices:
                yield wrong(Text("plugins.fault.figure_choice", figure=param.name))


def _actions(area: Area) -> Iterator[Text]:
    rules = {rule.id for rule in area.rules}
    actions = {action.id for action in area.actions}
    for action in area.actions:
        wrong = partial(at, "action", action.id)
        own = [*action.rules, *(one.rule for one in action.separate), *(one.rule for one in action.signatures)]
        for rule in own:
            if rule.rsplit("-", 1)[0] == area.id and rule not in rules:
                yield wrong(Text("plugins.fault.no_rule", rule=rule))
        if action.target != "none" and not action.register:
            yield wrong(Text("plugins.fault.rows_of_none"))
        if action.target not in TARGETS:
            yield wrong(Text("plugins.fault.target", value=repr(action.target), known=TARGETS))
        if action.inverse and action.inverse not in actions:
            yield wrong(Text("plugins.fault.no_action", action=action.inverse))
        if action.mnemonic and not re.fullmatch(r"[a-z0-9]", action.mnemonic):
            yield wrong(Text("plugins.fault.mnemonic", value=repr(action.mnemonic)))
        yield from map(wrong, _input(action))


def _input(action: Action) -> Iterator[Text]:
    if action.input is None:
        if action.bulk or action.signatures:
            yield Text("plugins.fault.needs_input")
        return
    if not (isinstance(action.input, type) and issubclass(action.input, Input)):
        yield Text("plugins.fault.no_input")
        return
    named = [name for one in action.signatures for name in (one.pin, one.person) if name]
    named += [*action.bulk.natural_key, *action.bulk.aliases] if action.bulk else []
    for name in named:
        if name.split(".", 1)[0] not in action.input.model_fields:
            yield Text("plugins.fault.input_field", field=name)


def _registers(area: Area) -> Iterator[Text]:
    for register in area.registers:
        wrong = partial(at, "register", register.id)
        if not (isinstance(register.model, type) and issubclass(register.model, Model)):
            yield wrong(Text("plugins.fault.no_model"))
            continue
        for name in (*register.natural_key, *register.lookup, register.sort.lstrip("-")):
            if name and not _has_field(register, name):
                yield wrong(Text("plugins.fault.model_field", field=name))
        if not register.natural_key:
            yield wrong(Text("plugins.fault.natural_key"))
        columns = [column.name for column in (*register.columns, *register.sections)]
        for name in sorted({name for name in columns if columns.count(name) > 1}):
            yield wrong(Text("plugins.fault.column_twice", column=name))
        for column in (*register.columns, *register.sections):
            if column.sort and not _has_field(register, column.sort):
                yield wrong(Text("plugins.fault.column_sort", column=column.name, field=column.sort))


def _has_field(register: Register, name: str) -> bool:
    meta: Any = register.model._meta  # type: ignore[attr-defined]
    first = name.replace("__", ".").split(".", 1)[0]
    return first == "pk" or first in meta.fields_map or first.removesuffix("_id") in meta.fields_map


def _async(area: Area) -> Iterator[Text]:
    functions: list[tuple[Text, Any]] = [(Verbatim("due"), area.due), (Verbatim("demo"), area.demo)]
    for action in area.actions:
        own = {name: getattr(action, name) for name in ("run", "prefill", "blocked", "effect")}
        own |= {"bulk.run": action.bulk.run} if action.bulk else {}
        functions += [(at("action", action.id, Verbatim(name)), function) for name, function in own.items()]
    functions += [(thing("fact", fact.id), fact.fn) for fact in area.facts]
    for kind in area.approvals:
        for name in ("approved", "refused"):
            functions.append((at("approval", kind.id, Verbatim(name)), getattr(kind, name)))
    functions += [(thing("paper", paper.id), paper.make) for paper in area.papers]
    functions += [(thing("chart", chart.id), chart.fn) for chart in area.charts]
    functions += [(thing("view", view.id), view.fn) for view in area.views]
    functions += [(thing("consequence", one.action), one.run) for one in area.consequences]
    for named, function in functions:
        called = getattr(function, "func", function)  # of a functools.partial
        if function is not None and not any(
            inspect.iscoroutinefunction(one)
            for one in (called, getattr(called, "__call__", None))  # noqa: B004
        ):
            yield Text("plugins.fault.not_async", name=named)


def _models(area: Area) -> Iterator[Text]:
    if not area.models:
        if any(register.model.__module__.startswith(f"cstui_{area.id}.") for register in area.registers):
            yield Text("plugins.fault.no_models", area=area.id)
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
        wrong = partial(at, "record", model.__name__)
        grows = grows and issubclass(model, Growing)
        if not str(meta.db_table).startswith(f"{area.id}_"):
            yield wrong(Text("plugins.fault.table", value=repr(meta.db_table), area=area.id))
        if issubclass(model, Evidence) and not getattr(meta.fields_map.get(model.unique), "unique", False):
            yield wrong(Text("plugins.fault.unique", value=repr(model.unique)))
        for name, field in meta.fields_map.items():
            target = getattr(field, "model_name", None)
            if isinstance(target, str) and "." in target and target.split(".", 1)[0] not in reachable:
                yield wrong(Text("plugins.fault.points", field=name, record=target))
    if not area.migrations:
        if not grows:
            yield Text("plugins.fault.no_migrations", area=area.id)
    elif importlib.util.find_spec(area.migrations) is None:
        yield Text("plugins.fault.no_package", area=area.id, package=area.migrations)


def _rest(area: Area) -> Iterator[Text]:
    for statement in area.constraints:
        if not re.search(r"\bIF (NOT )?EXISTS\b", statement, re.IGNORECASE):
            yield Text("plugins.fault.constraint", value=" ".join(statement.split())[:60])
    for chart in area.charts:
        wrong = partial(at, "chart", chart.id)
        if chart.kind not in ANSWERS:
            yield wrong(Text("plugins.fault.chart_kind", value=repr(chart.kind), known=(*ANSWERS,)))
        if chart.span not in SPANS:
            yield wrong(Text("plugins.fault.chart_span", value=repr(chart.span), known=SPANS))
    for lang, texts in area.renamed.items():
        known = read_words(area.strings, lang) if lang in LANGUAGES else {}
        for name in texts:
            if name not in known and not name.startswith("field."):  # the host has words for fields, too
                near = get_close_matches(name, known, 1)
                gone = Text("plugins.fault.renamed", name=name, lang=lang)
                yield Text("plugins.fault.renamed_near", fault=gone, near=near[0]) if near else gone


def _words(area: Area) -> Iterator[Text]:
    texts = {lang: read_words(area.strings, lang) for lang in LANGUAGES}
    needed = ["title", *(f"register.{one.id.split('.', 1)[1]}" for one in area.registers)]
    needed += [f"action.{one.name}" for one in area.actions]
    needed += [name for chart in area.charts for name in chart_words(chart)]
    needed += [view.text.partition(".")[2] for view in area.views]
    needed += [f"rule.{one.id.rsplit('-', 1)[1]}" for one in area.rules]
    yield from (
        Text("plugins.fault.no_text", text=text_id)
        for text_id in needed
        if not any(text_id in one for one in texts.values())
    )
    for text_id, lang in differences(texts):
        yield Text("plugins.fault.one_language" if lang else "plugins.fault.places", text=text_id, lang=lang)


def chart_words(chart: Chart) -> list[str]:
    """The texts that a chart needs, without its area's id; figures have a unit."""
    name = chart.text.partition(".")[2]
    return [name, f"{name}.help", *([f"{name}.unit"] if ANSWERS.get(chart.kind) is Figures else [])]
