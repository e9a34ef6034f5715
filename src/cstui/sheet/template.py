"""An empty form for an import: a header of the input's fields, and in XLSX what may be filled in under each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any, get_args

from cstui import naming, registers
from cstui.cells import width, wrap
from cstui.contract.action import Action
from cstui.contract.declare import Ref
from cstui.contract.errors import NotPermitted
from cstui.contract.inputs import LARGEST
from cstui.contract.text import choice
from cstui.sheet.columns import importable
from cstui.sheet.fields import InputField, fields_of
from cstui.sheet.model import escaped, kept
from cstui.sheet.writing import plain, writer

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet
    from pydantic.fields import FieldInfo

    from cstui.contract.context import Context
    from cstui.contract.declare import Register
    from cstui.host import Host

LISTED = 200
"""Rows of another register that a form lists at most."""
PERSONAL = frozenset({"people.staff"})
"""Registers that no form lists: it goes from hand to hand."""
LAST = 1_048_576
FORMATS = {
    "whole": "0", "money": "0.00", "day": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm", "clock": "hh:mm",
}  # fmt: skip
NOTE = 70
"""Cells of width of the notes."""
TEXT = "@"
"""What is typed stays as it is typed: a code keeps its leading zeros."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A column of the form. `choices` are the words to choose from, each with what is known of it, or ""."""

    field: InputField
    label: str
    choices: tuple[tuple[str, str], ...] = ()
    lowest: int = -LARGEST
    highest: int = LARGEST
    longest: int | None = None

    @property
    def header(self) -> str:
        return f"{self.label}*" if self.field.required else self.label


async def write_template(host: Host, ctx: Context, register: Register, lang: str, out: IO[bytes], kind: str) -> None:
    """Write the form by which a register is imported, as .xlsx or .csv (its header alone).

    Raises BadInput naming the registers that can be imported.
    """
    action = importable(host.actions, register.id)
    asked = await _asked(host, ctx, action, lang)
    area, _, name = register.id.partition(".")
    title = host.words.say(f"{area}.register.{name}", lang)
    if kind == "csv":
        headers = [one.header for one in asked]
        with writer(out, headers, headers, kind, title):
            return
    _workbook(host, action, asked, title, lang).save(out)


async def _asked(host: Host, ctx: Context, action: Action, lang: str) -> list[Asked]:
    made = []
    model: Any = action.input
    schema = model.model_json_schema()["properties"]
    for field in fields_of(model):
        if field.kind == "secret":
            continue
        choices = tuple((host.words.choice(action.area, choice, lang), "") for choice in field.choices)
        if field.kind == "flag":
            choices = tuple((host.words.value(answer, lang), "") for answer in (True, False))
        elif field.ref:
            choices = await _records(host, ctx, field.ref)
        label = host.words.label(action.area, field.name, lang)
        made.append(
            Asked(field, label, choices, *_bounds(model.model_fields[field.name]), _longest(schema[field.name]))
        )
    return made


def _longest(schema: Mapping[str, Any]) -> int | None:
    """How many characters a field takes at most, also where it may be left empty."""
    return next((one["maxLength"] for one in (schema, *schema.get("anyOf", ())) if "maxLength" in one), None)


def _bounds(info: FieldInfo) -> tuple[int, int]:
    """The least and the largest whole number that a field takes."""
    marks, parts = [*info.metadata], [*get_args(info.annotation)]
    for part in parts:
        marks += [*getattr(part, "__metadata__", ())]
        parts += get_args(part)  # goes on with what it finds
    marks += [one for mark in marks for one in getattr(mark, "metadata", ())]
    return (
        max([-LARGEST, *(mark.ge for mark in marks if hasattr(mark, "ge"))]),
        min([LARGEST, *(mark.le for mark in marks if hasattr(mark, "le"))]),
    )


async def _records(host: Host, ctx: Context, ref: Ref) -> tuple[tuple[str, str], ...]:
    """The few rows that a field may name, by the name that is surely found again."""
    try:
        register = registers.register_of(host, ctx, ref.register)
    except NotPermitted:
        return ()
    rows = registers.base_query(ctx, register)
    if ref.register in PERSONAL or await (ref.only(ctx, rows) if ref.only else rows).count() > LISTED:
        return ()
    return tuple((name, said) for name, said, _ in await naming.choices(host, ctx, ref, "", LISTED))


def _how(host: Host, action: Action, one: Asked, lang: str) -> str:
    """In sentences: what a column is and how it is filled in."""
    field = one.field

    def say(text_id: str, **args: Any) -> str:
        return host.words.say(text_id, lang, **args)

    said = []
    if meaning := host.words.meaning(action.id, field.name, lang):
        said.append(meaning)
    if field.required:
        said.append(say("sheet.form_required"))
    if field.ref:
        area, _, name = field.ref.register.partition(".")
        said.append(say("sheet.form_record", register=say(f"{area}.register.{name}")))
    elif one.choices:
        said.append(say("sheet.form_choice", choices=say("value.join").join(word for word, _ in one.choices)))
    else:
        said.append(say(f"sheet.form_{field.kind}"))
    if field.many:
        said.append(say("sheet.form_many"))
    if one.longest:
        said.append(say("sheet.form_longest", count=one.longest))
    if field.kind == "whole" and one.lowest > -LARGEST and one.highest < LARGEST:
        said.append(say("sheet.form_between", lowest=one.lowest, highest=one.highest))
    if not field.required and field.default not in (None, "", ()):
        default = Decimal(field.default).scaleb(-2) if field.kind == "money" else field.default
        if field.kind == "choice":
            default = choice(action.area, str(getattr(default, "value", default)))
        said.append(say("sheet.form_default", value=default))
    if action.bulk and field.name in action.bulk.natural_key:
        labels = say("value.join").join(host.words.label(action.area, name, lang) for name in action.bulk.natural_key)
        said.append(say("sheet.form_key", fields=labels))
        if action.rules:
            said.append(say("sheet.form_rules", rules=say("value.join").join(action.rules)))
    return "\n".join(said)


def _workbook(host: Host, action: Action, asked: Sequence[Asked], title: str, lang: str) -> Workbook:
    import openpyxl
    from openpyxl.comments import Comment
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    from cstui.sheet.xlsx_writing import sheet_name

    book = openpyxl.Workbook()
    page: Any = book.active
    page.title = sheet_name(title)
    page.freeze_panes = "A2"
    notes: Any = book.create_sheet(host.words.say("sheet.form_notes", lang))
    ranges = _notes(host, action, asked, notes, lang)
    for at, one in enumerate(asked, 1):
        cell = _text(page, 1, at, one.header)
        cell.font = Font(bold=True)
        how = _how(host, action, one, lang)
        cell.comment = Comment(f"{one.label}\n{how}", "cstui", height=150, width=280)
        column = page.column_dimensions[get_column_letter(at)]
        column.number_format = FORMATS.get(one.field.kind, TEXT)
        column.width = min(max([width(one.header), *(width(word) for word, _ in one.choices), 10]) + 4, 40)
        if rule := _validation(one, ranges.get(one.field.name, "")):
            rule.errorTitle, rule.error = one.label[:32], how[:225]
            rule.add(f"{column.index}2:{column.index}{LAST}")
            page.add_data_validation(rule)
    return book


def _validation(one: Asked, listed: str) -> DataValidation | None:
    """What a spreadsheet program checks while somebody types."""
    from openpyxl.worksheet.datavalidation import DataValidation

    kind = one.field.kind
    made: dict[str, Any]
    if listed:
        if one.field.many:
            return None  # it would allow one of them only
        made = {"type": "list", "formula1": listed}
    elif kind in ("whole", "money"):
        low, high = (plain(Decimal(bound).scaleb(-2 if kind == "money" else 0)) for bound in (one.lowest, one.highest))
        made = {"type": "whole" if kind == "whole" else "decimal", "operator": "between"}
        made |= {"formula1": low, "formula2": high}
    elif kind in ("day", "moment"):
        made = {"type": "date", "operator": "greaterThan", "formula1": "60"}  # from March 1900 on all programs agree
    elif kind == "clock":
        made = {"type": "time", "operator": "between", "formula1": "0", "formula2": "0.999999"}
    elif one.longest:
        made = {"type": "textLength", "operator": "lessThanOrEqual", "formula1": str(one.longest)}
    else:
        return None
    return DataValidation(allow_blank=True, showErrorMessage=True, **made)


def _notes(host: Host, action: Action, asked: Sequence[Asked], notes: Worksheet, lang: str) -> dict[str, str]:
    """The second sheet: how each field is written, the rules, and the lists to choose from; where each list stands."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter, quote_sheetname

    say = host.words.say
    for at, (name, wide) in enumerate((("field", 20), ("how", NOTE)), 1):
        _text(notes, 1, at, say(f"sheet.form_{name}", lang)).font = Font(bold=True)
        notes.column_dimensions[get_column_letter(at)].width = wide
    rules = [host.rules[rule_id] for rule_id in action.rules if rule_id in host.rules]
    told = [(one.header, _how(host, action, one, lang)) for one in asked] + [("", "")]
    told += [(rule.id, f"{say(rule.words, lang)} ({rule.source})") for rule in rules]
    for line, (name, how) in enumerate(told, 2):
        for at, text in enumerate((name, how), 1):
            _text(notes, line, at, text).alignment = Alignment(wrap_text=True, vertical="top")
        notes.row_dimensions[line].height = 17 * sum(len(wrap(part, NOTE - 5)) for part in how.split("\n"))
    ranges: dict[str, str] = {}
    at = 4
    for one in asked:
        if not one.choices:
            continue
        _text(notes, 1, at, one.label).font = Font(bold=True)
        for line, (word, said) in enumerate(one.choices, 2):
            _text(notes, line, at, word)
            if said and said != word:
                _text(notes, line, at + 1, said)
        column = get_column_letter(at)
        notes.column_dimensions[column].width = max(width(word) for word, _ in one.choices) + 4
        ranges[one.field.name] = f"{quote_sheetname(notes.title)}!${column}$2:${column}${len(one.choices) + 1}"
        at += 2
    return ranges


def _text(page: Worksheet, line: int, at: int, text: str) -> Any:
    """A cell that holds a text, whatever it looks like."""
    cell: Any = page.cell(line, at)
    cell.value = escaped(kept(text))
    cell.data_type, cell.number_format = "s", TEXT
    return cell
