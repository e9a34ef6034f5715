"""The files of an area that was wished for: its records, a room for each, its words, its first tests.

What is written here is read, learnt from and changed by people who write a little Python: it is plain, and has the
shape of the areas that cstui brings along.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cstui import api
from cstui.kit.filling import fill
from cstui.kit.wish import FieldWish, RecordWish, Wish, camel_case
from cstui.kit.words import told, words


def files(wish: Wish) -> dict[str, str]:
    """The text of each file by its path in the area's folder; its migration is drafted from them (`store.drafting`)."""
    made = {"__init__.py": _start(wish), "models.py": _models(wish)}
    made |= {f"{record.plural}.py": _room(wish, record) for record in wish.records}
    made |= {f"strings/{lang}.toml": words(wish, lang) for lang in ("zh_CN", "en")}
    return made | {f"tests/test_{wish.area}.py": _tests(wish)}


def _start(wish: Wish) -> str:
    lines = []
    for number, (rule_id, record, what) in enumerate(wish.rules, 1):
        kind = "deadline" if what == "due" else "approval"
        figure = "_notice" if what == "due" else "_approver"
        value = "timedelta(days=1)" if what == "due" else f'("{wish.approver}",)'
        told = [
            f'"{rule_id}"',
            f'"{kind}"',
            f'"site rule {number}"',
            f'params=(Param("{record.name}{figure}", {value}),)',
        ]
        lines += ["    Rule(", *(f"        {one}," for one in told), "    ),"]
    rooms = [record.plural for record in wish.records]
    return fill(
        "start.py",
        {
            "title": _capital(wish.area),
            "area": wish.area,
            "rooms": ", ".join(sorted(rooms)),
            "listed": ", ".join(rooms) + "," * (len(rooms) == 1),
            "rules": bool(lines),
            "rule_lines": "\n".join(lines),
            "due": any(record.due for record in wish.records),
        },
    )


def _models(wish: Wish) -> str:
    classes = [part for record in wish.records for part in _classes(wish, record)]
    points = any(field.of.people for record in wish.records for field in record.fields)
    return fill(
        "models.py",
        {
            "area": wish.area,
            "api": "Record, refers_to" if points else "Record",
            "enums": any("(StrEnum)" in part for part in classes),
            "classes": "\n\n\n".join(classes),
        },
    )


def _classes(wish: Wish, record: RecordWish) -> list[str]:
    """A record's choices, its states, itself."""
    name = camel_case(record.name)
    enums = [
        _enum(_choices(record, one), [choice.name for choice in one.choices]) for one in record.fields if one.choices
    ]
    if wish.stateful(record):
        enums.append(_enum(f"{name}State", wish.states))
    searched = [field.name for field in record.fields if field.kind in ("code", "text")]
    groups = {
        "search_fields": (["no", *searched] if record.numbered else searched),
        "plain_fields": [field.name for field in record.fields if field.kind == "words"],
        "hundredths": [field.name for field in record.fields if field.kind == "money"],
    }
    lines = [f"    {group} = {_tuple(names)}" for group, names in groups.items() if names]
    lines.append("")
    if record.numbered:
        lines.append("    no = fields.CharField(max_length=20, unique=True)")
    lines += [f"    {field.name} = {_column(record, field)}" for field in record.fields]
    if wish.stateful(record):
        first = f"{name}State.{wish.states[0].upper()}"
        lines.append(f"    state = fields.CharEnumField({name}State, max_length=16, default={first}, db_index=True)")
        lines.append("    finished_at = fields.DatetimeField(null=True)")
    head = [f"class {name}(Record):", f'    """{_capital(record.named.en)}."""', ""]
    return [*enums, "\n".join([*head, *lines, "", "    class Meta:", f'        table = "{wish.area}_{record.name}"'])]


def _enum(name: str, values: Iterable[str]) -> str:
    return "\n".join([f"class {name}(StrEnum):", *(f'    {value.upper()} = "{value}"' for value in values)])


def _column(record: RecordWish, field: FieldWish) -> str:
    more = []
    if field.name == record.key:
        more.append("unique=True")
    elif field.optional or field.kind == "flag":
        more.append(field.of.blank)
    if field.due:
        more.append("db_index=True")
    given = "".join(f", {one}" for one in more)
    made = field.of.column.format(length=field.length, choices=_choices(record, field), more=given)
    return made.replace("(, ", "(")


def _room(wish: Wish, record: RecordWish) -> str:
    people = [field for field in record.fields if field.of.people]
    until = record.due
    values: dict[str, str | bool] = {
        "area": wish.area,
        "said": _capital(record.plural),
        "visit": record.name,
        "visits": record.plural,
        "Visit": camel_case(record.name),
        "noun": record.name.replace("_", "-"),
        "letter": record.name[0].upper(),
        "key": record.key,
        "numbered": record.numbered,
        "state": wish.stateful(record),
        "approver": wish.approver,
        "approval": wish.rule(record, "approval") if wish.approver else "",
        "due": bool(until),
        "days": bool(until and until.kind == "day"),
        "until": until.name if until else "",
        "deadline": wish.rule(record, "due") if until else "",
        "sort": until.name if until else record.key,
        "people": ", ".join(sorted({name for field in people for name in field.of.people})),
        "fetched": ", ".join(f'"{field.name}"' for field in people),
        "joined": f".select_related({', '.join(_quoted(field.name for field in people))})" if people else "",
        "named": ", ".join(
            f'"{field.name}": {record.name}.{field.name} and {record.name}.{field.name}.{_code(field)}'
            for field in people
        ),
        "entered": "\n".join(_entered(record)),
        "changed": "\n".join(
            f"    {one.name}: {_typed(record, one)} | None = None" for one in record.fields if one.name != record.key
        )
        or "    pass",
        "telling": _telling(record),
        "whose": _whose(record),
        "columns": "\n".join(f"            {column}," for column in _columns(wish, record)),
        "sections": _sections(wish, record),
        "natural_key": _natural_key(record),
        **{act: wish.act(record, act) for act in ("add", "take", "change", "finish")},
        "api": "",
        "typing": "",
        "models": "",
        "limited": True,
    }
    used = {*re.findall(r"\b\w+\b", re.sub(r'"[^"]*"', "", fill("room.py", values)))}
    own = [values["Visit"], f"{values['Visit']}State", *(_choices(record, one) for one in record.fields if one.choices)]
    values |= {
        "api": "\n".join(f"    {name}," for name in sorted(used & {*api.__all__})),
        "typing": ", ".join(sorted(used & {"Annotated", "Any"})),
        "models": ", ".join(sorted(used & {*map(str, own)})),
        "limited": "Field(" in fill("room.py", values),
    }
    return fill("room.py", values)


def _entered(record: RecordWish) -> list[str]:
    lines = []
    for field in sorted(record.fields, key=lambda field: field.optional or field.kind == "flag"):
        typed = _typed(record, field)
        if field.kind == "flag" or field.optional:
            typed += " | None" * (field.of.empty == "None") + f" = {field.of.empty}"
        lines.append(f"    {field.name}: {typed}")
    return lines


def _typed(record: RecordWish, field: FieldWish) -> str:
    """An input field's type; a text that must be there says something."""
    model, choices = camel_case(record.name), _choices(record, field)
    made = field.of.typed.format(length=field.length, model=model, name=field.name, choices=choices)
    if not field.of.text or field.optional:
        return made
    if "Field(" in made:
        return made.replace("Field(", "Field(min_length=1, ")
    return f"{made[:-1]}, Field(min_length=1)]" if made.endswith("]") else f"Annotated[{made}, Field(min_length=1)]"


def _columns(wish: Wish, record: RecordWish) -> list[str]:
    made = ['Column("no", width=20, sort="no")'] if record.numbered else []
    for field in record.fields:
        sort = f', sort="{field.name}"' if field.name == record.key or field.due else ""
        right = ', align="right"' if field.kind in ("number", "money") else ""
        if field.of.people:
            made.append(f'Column("{field.name}_name", "{field.name}.name", width={field.of.width})')
        elif field.kind != "words":
            made.append(f'Column("{field.name}", width={field.of.width}{right}{sort})')
    return made + ['Column("state", width=10, sort="state")'] * wish.stateful(record)


def _sections(wish: Wish, record: RecordWish) -> str:
    """What the record's own page tells beside its columns; whoever is named, as a file names them."""
    made = [f'Column("{one.name}", "{one.name}.{_code(one)}")' for one in record.fields if one.of.people]
    made += [f'Column("{one.name}")' for one in record.fields if one.kind == "words"]
    made += ['Column("finished_at")'] * wish.stateful(record)
    if len(made) < 2:
        return "".join(f"        sections=({one},)," for one in made)
    return "\n".join(["        sections=(", *(f"            {one}," for one in made), "        ),"])


def _natural_key(record: RecordWish) -> str:
    required = [one.name for one in record.fields if not one.optional and one.kind != "flag"]
    return _tuple(["no", *required] if record.numbered else [record.key])


def _telling(record: RecordWish) -> str:
    field = told(record)
    return f"name={record.name}.{record.key}" + (f", about={record.name}.{field.name}" if field else "")


def _whose(record: RecordWish) -> str:
    """Whom a matter is about: the first person of the record."""
    person = next((one for one in record.fields if one.kind == "person"), None)
    if person is None:
        return ""
    whose = f"{record.name}.{person.name}"
    named = f'{whose}.name if {whose} else ""' if person.optional else f"{whose}.name"
    return f"        person={named},\n        person_id={whose}_id,"


def _tests(wish: Wish) -> str:
    tests = []
    for record in wish.records:
        given = [f'        {record.key}="A-1",']
        given += [
            f"        {field.name}={_example(field)},"
            for field in record.fields
            if field.name != record.key and (field.due or not field.optional)
        ]
        values: dict[str, str | bool] = {
            "area": wish.area,
            "visit": record.name,
            "visits": record.plural,
            "add": wish.act(record, "add"),
            "finish": wish.act(record, "finish"),
            "given": "\n".join(given),
            "approver": wish.approver,
            "due": bool(record.due),
        }
        tests.append(fill("test.py", values).rstrip("\n"))
    due = any(record.due for record in wish.records)
    return fill("tests.py", {"area": wish.area, "due": due, "tests": "\n\n\n".join(tests)})


def _example(field: FieldWish) -> str:
    """A value for a test, as it is typed."""
    return f'"{field.choices[0].name}"' if field.choices else field.of.example


def _choices(record: RecordWish, field: FieldWish) -> str:
    """The class of a field's choices."""
    return camel_case(f"{record.name}_{field.name}")


def _code(field: FieldWish) -> str:
    """By what a file names somebody, or a team."""
    return "login" if field.kind == "person" else "code"


def _quoted(names: Iterable[str]) -> list[str]:
    return [f'"{name}"' for name in names]


def _tuple(names: list[str]) -> str:
    return f"({', '.join(_quoted(names))}{',' * (len(names) == 1)})"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:].replace("_", " ")
