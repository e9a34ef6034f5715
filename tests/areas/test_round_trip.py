"""What a register shows is what its files hold, in each format and language; and a file can come back."""

from __future__ import annotations

import asyncio
import io
import json
import shutil
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import CONFIG, site
from pydantic import TypeAdapter

from cstui import engine, identity, registers
from cstui.cli import main
from cstui.config import Settings
from cstui.contract.context import SYSTEM, Context
from cstui.contract.inputs import Clock, Day, Moment, Span
from cstui.contract.text import Text
from cstui.host import Host
from cstui.plugins import load
from cstui.sheet import read, write
from cstui.sheet.columns import Headers
from cstui.sheet.fields import fields_of
from cstui.sheet.listing import Listing
from cstui.words import Words, host_folders

AREAS = load(Settings()).areas.values()
REGISTERS = sorted(register.id for area in AREAS for register in area.registers)
SECRET = {
    register.id
    for area in AREAS
    for register in area.registers
    if any(column.secret for column in (*register.columns, *register.sections))
}
REVEAL = {True: ("--reveal", "--purpose", "a store of our own"), False: ()}
IMPORTS = {action.register: action for area in AREAS for action in area.actions if action.bulk}
WORDS = Words({**host_folders(), **{area.id: Path(area.strings) for area in AREAS}})


def named(register_id: str) -> list[str]:
    """A register after those that its import names."""
    refs = [made.ref.register for made in fields_of(IMPORTS[register_id].input) if made.ref]
    before = [one for ref in refs if ref in IMPORTS and ref != register_id for one in named(ref)]
    return [*before, register_id]


ORDER = list(dict.fromkeys(one for register_id in ["people.staff", *sorted(IMPORTS)] for one in named(register_id)))
"""What others name comes first."""
OTHERS = ("confidentiality.accounts", "confidentiality.undertakings")
"""Nobody enters their own line of these: one person alone can't enter the whole list."""
FORMATS = (("csv", "zh_CN"), ("xlsx", "en"), ("json", "zh_CN"))
ROWS = 400
"""Rows of each register that are compared cell by cell."""


def formats_of(register_id: str) -> tuple[tuple[str, str], ...]:
    """All, of what comes back from files; of what is only given out one, in turn: files are written the same way."""
    turn = REGISTERS.index(register_id) % len(FORMATS)
    return FORMATS if register_id in IMPORTS else FORMATS[turn : turn + 1]


class Site:
    """The command line of a site, in a language."""

    def __init__(self, config: Path, lang: str) -> None:
        self.config, self.lang = config, lang

    def __call__(self, *words: str, codes: tuple[int, ...] = (0,)) -> Any:
        """What a command writes, or its JSON."""
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()) as out:
            patch.setenv("LC_ALL", self.lang)
            code = main(["--config", str(self.config), *words])
        assert code in codes, out.getvalue()
        return json.loads(out.getvalue()) if "--json" in words else out.getvalue()

    def dry_run(self, register_id: str, file: Path) -> Any:
        """What importing a file would do."""
        return self("--json", "import", register_id, str(file), "--dry-run", codes=(0, 2))


def come_back(expected: Any, cell: Any, ctx: Context) -> Any:
    """A cell as the input of that type reads it."""
    known = {"zone": ctx.zone, "today": ctx.today}
    kinds: list[tuple[type, Any]] = [(datetime, Moment), (date, Day), (time, Clock), (timedelta, Span)]
    if isinstance(expected, bool):
        return cell
    for kind, as_input in kinds:
        if isinstance(expected, kind):
            return TypeAdapter(as_input).validate_python(cell, context=known)
    if isinstance(expected, int | float | Decimal):
        return Decimal(str(cell))
    return cell


def shown(host: Host, value: Any, lang: str, area: str, kind: str) -> Any:
    """What the register shows of a value, as far as a file of that kind can hold it."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value if kind == "json" else value.replace(microsecond=0)
    if isinstance(value, bool) and kind == "json":
        return str(value).lower()
    if isinstance(value, bool | Text | list | tuple):
        return host.words.value(value, lang, host.zone, area=area) or None
    return Decimal(str(value)) if isinstance(value, int | float | Decimal) else value


@pytest.mark.parametrize("register_id", REGISTERS)
async def test_a_file_holds_what_the_register_shows(demo: Path, register_id: str) -> None:
    async with Host.open(demo / "config.toml") as host:
        ctx = await host.context(SYSTEM)
        register = host.registers[register_id]
        page = await registers.page(host, ctx, register_id, limit=ROWS, sections=True)
        for kind, lang in formats_of(register_id):
            listing = Listing(host, ctx, register, lang, kind)
            made: list[Any] = []
            async for values in listing.rows():
                made.append(values)
                if len(made) == ROWS and kind != "csv":
                    break
            assert kind != "csv" or len(made) == await registers.count(host, ctx, register_id)
            file = write(listing.names, listing.headers, made[:ROWS], kind, register_id)
            if not made:
                continue
            with read(file, known=listing.headers) as sheet:
                assert sheet.headers == tuple(listing.names if kind == "json" else listing.headers)
                for row, (_, cells) in zip(page.rows, sheet.rows, strict=True):
                    for at, name in enumerate(listing.names):
                        value = row.values[name]
                        expected = shown(host, value, lang, listing.area, kind)
                        cell = cells[at] if at < len(cells) else None
                        found = None if expected is None else come_back(value, cell, ctx)
                        assert (found, cell is None) == (expected, expected is None), (kind, name)


def refused(counts: Any) -> list[Any]:
    """Why lines were refused."""
    return [line["fault"] for line in counts["lines"] if line["mark"] == "refused"]


@pytest.mark.parametrize("register_id", ORDER)
@pytest.mark.parametrize(("kind", "lang"), FORMATS)
def test_an_export_imported_again_changes_nothing(
    demo: Path, tmp_path: Path, register_id: str, kind: str, lang: str
) -> None:
    sample, file = Site(demo / "config.toml", lang), tmp_path / f"list.{kind}"
    rows = sample("--json", "export", register_id, str(file))["rows"]
    if not rows:
        pytest.skip(f"the sample department has no {register_id}")
    counts = sample.dry_run(register_id, file)
    assert (counts["unchanged"], refused(counts)) == (rows, [])


def test_an_export_makes_an_empty_store_the_same(demo: Path, tmp_path: Path) -> None:
    shutil.copytree(demo, tmp_path / "full")  # to reveal is an act
    full = Site(tmp_path / "full/config.toml", "en")
    empty = Site(site(tmp_path / "empty", CONFIG.replace('"en"', '"auto"')), "zh_CN")
    empty("init", "--admin", identity.account())
    for row in full("--json", "list", "people.shifts")["rows"]:
        shift = {**row["values"]}
        words = [f"--{name.replace('_', '-')}={value}" for name, value in shift.items()]
        empty("people", "shift-type", *words)
    empty("confidentiality", "load-categories")
    for register_id in (one for one in ORDER if one not in OTHERS):
        files = [tmp_path / f"{register_id}.{number}.csv" for number in (1, 2)]
        full("export", register_id, str(files[0]), *REVEAL[register_id in SECRET])
        assert empty("--json", "import", register_id, str(files[0]))["refused"] == 0
        Site(empty.config, "en")("export", register_id, str(files[1]), *REVEAL[register_id in SECRET])
        assert _taken(register_id, files[1]) == _taken(register_id, files[0])


def _taken(register_id: str, file: Path) -> list[Any]:
    """What an import takes from the file, in the order of the rows' names."""
    action = IMPORTS[register_id]
    headers = Headers(action, WORDS)
    with read(file, known=headers.known) as sheet:
        rows = [dict(row) for _, row in headers.rows(sheet).rows]
    return sorted(rows, key=lambda row: [str(row.get(name)) for name in action.bulk.natural_key])  # type: ignore[union-attr]


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
@pytest.mark.parametrize("register_id", ORDER)
def test_a_form_filled_in_as_people_do_is_imported_as_it_is(
    demo: Path, tmp_path: Path, register_id: str, lang: str
) -> None:
    sample, form = Site(demo / "config.toml", lang), tmp_path / "form.xlsx"
    sample("export", register_id, str(form), "--template")
    header, *lines = _begun(asyncio.run(_first(sample.config, register_id, lang, 20)))
    rows = len(lines)
    action = IMPORTS[register_id]
    fields = [made for made in fields_of(action.input) if made.kind != "secret"]
    book = openpyxl.load_workbook(form)
    page = book.worksheets[0]
    assert [cell.value for cell in page[1]] == [
        WORDS.label(action.area, made.name, lang) + "*" * made.required for made in fields
    ]
    assert all(cell.comment and cell.comment.text for cell in page[1])
    columns = {title: at for at, title in enumerate(header)}
    offered = dict(_offered(book))
    for line, listed in enumerate(lines, 2):
        for at, made in enumerate(fields, 1):
            if made.name in action.bulk.once:  # type: ignore[union-attr]
                continue
            value = listed[columns[WORDS.label(action.area, made.name, lang)]]
            assert value is None or at not in offered or value in offered[at]
            page.cell(line, at).value = value
    book.save(form)
    counts = sample.dry_run(register_id, form)
    assert (counts["unchanged"], refused(counts)) == (rows, [])


async def _first(config: Path, register_id: str, lang: str, count: int) -> bytes:
    """The first rows of a register as a spreadsheet, as `export` writes them."""
    async with Host.open(config) as host:
        listing = Listing(host, await host.context(SYSTEM), host.registers[register_id], lang, "xlsx")
        made: list[Any] = []
        async for values in listing.rows():
            if len(made) == count:
                break
            made.append(values)
        return write(listing.names, listing.headers, made, "xlsx", register_id)


def _begun(file: bytes) -> list[tuple[Any, ...]]:
    """The rows of a spreadsheet's first page as another program reads them."""
    book = openpyxl.load_workbook(io.BytesIO(file))
    return list(book.worksheets[0].iter_rows(values_only=True))


def _offered(book: Any) -> Iterator[tuple[int, set[str]]]:
    """The words to choose from, by column of the form."""
    page, notes = book.worksheets
    for rule in page.data_validations.dataValidation:
        if rule.type == "list":
            sheet, _, place = rule.formula1.rpartition("!")
            assert sheet.strip("'") == notes.title
            yield next(iter(rule.sqref.ranges)).min_col, {row[0].value for row in notes[place.replace("$", "")]}


async def test_a_key_that_is_gone_stays_in_the_file_as_it_was(host: Host, run: Any) -> None:
    """Its line changes nothing as long as it says nothing new; its place may have gone to another key."""
    place = {"block": "3", "space_kind": "owner_unit", "room": "1502", "door_kind": "inner_door"}
    await run("keys.register", {"tag_no": "A", **place})
    await run("keys.report_lost", {"circumstances": "dropped into a drain"}, target=["A"])
    await run("keys.lock_changed", {"conclusion": "new lock"}, target=["A"])
    await run("keys.register", {"tag_no": "B", **place})
    admin = await host.actor("admin")
    rows = [(1, {"tag_no": "A", **place}), (2, {"tag_no": "B", **place}), (3, {"tag_no": "A", **place, "room": "1503"})]
    done = await engine.run_bulk(host, "keys.register", rows[:2], admin, dry_run=True)
    assert done.count("unchanged") == 2
    done = await engine.run_bulk(host, "keys.register", rows[2:], admin, dry_run=True)
    assert [line.fault.text.id for line in done.lines if line.fault] == ["keys.refusal.gone"]
