"""What an area declares. Plain frozen dataclasses: no registration by import, no metaclass.

Words are found by id, never stated here (`strings/zh_CN.toml`, `strings/en.toml` of the area):

    AREA.title                     AREA.register.NAME             AREA.field.NAME (inputs, columns, records)
    AREA.action.NAME (+ .help)     AREA.choice.VALUE              AREA.refusal.NAME / AREA.done.NAME
    AREA.due.NAME                  AREA.rule.NN (rule in own words) / AREA.figure.NAME (its figures)
    AREA.paper.NAME (papers)       AREA.chart.NAME (+ .help, .unit)
    AREA.view.NAME (views)
    AREA.section.NAME (headings of the record view)
    AREA.field.NAME.help (what the field is for, and the rule it stands under: "… keys-06"; .help.ACTION in one act)
    AREA.empty.ACTION.FIELD (what stands if a field of an action's input is left empty, where that isn't its default)
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from cstui.contract.action import Action
from cstui.contract.chart import Chart
from cstui.contract.paper import Paper
from cstui.contract.rules import Rule
from cstui.contract.text import Strings, Text
from cstui.contract.view import View

if TYPE_CHECKING:
    from datetime import date

    from cstui.contract.context import Context

API = 1
"""Version of this contract. Within one version there are only additions."""

Severity = Literal["critical", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("critical", "warning", "info")


@dataclass(frozen=True, slots=True)
class Of:
    """Take type, length, choices and description from a model's field: `Annotated[str, Of(Key, "tag_no")]`."""

    model: type
    name: str

    def __post_init__(self) -> None:
        known = self.model._meta.fields_map  # type: ignore[attr-defined]
        if self.name not in known:
            near = get_close_matches(self.name, known, 1) or [*known]
            raise ValueError(Text("plugins.fault.of", record=self.model.__name__, field=self.name, near=near))

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from cstui.contract.inputs import schema_of

        return schema_of(self, source, handler)


@dataclass(frozen=True, slots=True)
class Ref:
    """An input field that names a record of a register: `Annotated[Staff, Ref("people.staff")]`.

    Typed as the register's natural key (or its pk, or any of its `lookup` columns where unique), it reaches
    the domain function as the record. `only(ctx, queryset)` narrows what may be chosen.
    """

    register: str
    only: Callable[[Context, Any], Any] | None = None

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> dict[str, Any]:
        """From outside, a record is the name by which it is found."""
        return {"type": "string", "description": self.register}


@dataclass(frozen=True, slots=True)
class Known:
    """An input field of text whose usual values are known: a form offers them, any other is taken as well.

    `values(ctx)` gives each with how it is called: `Known(held(Staff, "department"))` what that column already holds.
    """

    values: Callable[[Context], Awaitable[Mapping[str, Text]]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a register. `value` is a path over the row ("ring.ring_no") or a function (ctx, row) → value.

    Its label is the text `AREA.field.NAME`. `sort` is the (indexed) database field to sort by; `width` in
    terminal cells; `narrow=False` drops the column at 80 columns; `secret` is masked until somebody with the
    permission `AREA.reveal` has a record shown in full, which is journalled (`site.reveal`). `section` is the
    heading under which the record view has it (`AREA.section.NAME`). `total` is the number field whose sum over all
    rows stands under the list.
    """

    name: str
    value: str | Callable[[Context, Any], Any] = ""
    width: int = 12
    sort: str = ""
    narrow: bool = True
    align: Literal["left", "right"] = "left"
    secret: bool = False
    section: str = ""
    total: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """A list to look at: a query and its columns.

    `query(ctx)` gives a Tortoise queryset of `model`, with everything the columns touch joined or prefetched.
    `noun` names one row at the command line (`--key`). `natural_key` are the model's fields by which people
    name a row. `sections` are further columns shown in the record view only. `sort` is the default order ("-day":
    the last first; "-visit_id", a relation: the last visit first, what belongs to it in its own order).
    """

    id: str
    model: type
    columns: tuple[Column, ...]
    noun: str
    natural_key: tuple[str, ...]
    query: Callable[[Context], Any] | None = None
    lookup: tuple[str, ...] = ()
    sort: str = "id"
    sections: tuple[Column, ...] = ()
    related: tuple[Related, ...] = ()
    needs: str = ""
    private: bool = False
    """Rows that the query keeps from somebody are kept from them in the journal, too."""
    fields_need: str = ""
    """Where columns are functions that tell some readers less: the permission without which nobody filters by fields
    that aren't a plain column, or finds rows by what these point to."""


@dataclass(frozen=True, slots=True)
class Related:
    """Rows of another register that belong to a record: `field` (a path) of that register's model holds our pk.

    With `told` what was done to them stands in the record's history, too.
    """

    register: str
    field: str
    told: bool = False


@dataclass(frozen=True, slots=True)
class DueItem:
    """A matter put before the supervisor. `id` is stable as long as it is the same matter.

    `state` is the short word in the last column of Today ("late 15 h"); `proof` shows, line by line, how the
    due time came about. `register` and `records` (pks) say what it is about; `actions` settle it.
    """

    id: str
    severity: Severity
    title: Text
    rule: str = ""
    person: str = ""
    person_id: int | None = None
    due: datetime | None = None
    state: Text | None = None
    register: str = ""
    records: tuple[int, ...] = ()
    actions: tuple[str, ...] = ()
    proof: tuple[Text, ...] = ()
    area: str = ""
    """Filled in by the host."""
    mine: bool = False
    """Whether it waits for the actor, whomever else it is about."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure that an area publishes for others: `fn(ctx, person_id, first, last)` → value or UNKNOWN."""

    id: str
    fn: Callable[[Context, int, date, date], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class ApprovalKind:
    """A kind of request decided by the approvals area: one role after the other in `steps`.

    A step may be a function (ctx) → roles instead, any one of which decides it: `lambda ctx: ctx.rule(…).approver`.
    `approved(ctx, request)` and `refused(ctx, request)` run in the same transaction as the last decision, `withdrawn`
    in that of the requester's change of mind. `deadline(ctx, opened_at)` is the moment by which it is decided, and a
    Text how that came about.
    """

    id: str
    steps: tuple[str | Callable[[Context], Collection[str]], ...]
    approved: Callable[[Context, Any], Awaitable[None]]
    refused: Callable[[Context, Any], Awaitable[None]] | None = None
    rule: str = ""
    withdrawn: Callable[[Context, Any], Awaitable[None]] | None = None
    deadline: Callable[[Context, datetime], tuple[datetime, Text]] | None = None


@dataclass(frozen=True, slots=True)
class Consequence:
    """What this area does when another area's action runs, in the same transaction, after it.

    `run(ctx, rows, data)` may write and may raise a Refusal. After an import it runs for each row that was created or
    updated, as if that had been done alone; its refusal then keeps the whole import out.
    """

    action: str
    run: Callable[[Context, Sequence[Any], Any], Awaitable[Text | None]]


@dataclass(frozen=True, slots=True)
class Area:
    """A regulation area: everything the host needs to know about it.

    `models` is the dotted name of its Tortoise models; tables are named `AREA_…`; migrations stand in the
    package `migrations` (dotted name, empty where there are no models). `constraints` are idempotent SQL
    statements valid on SQLite and PostgreSQL (partial unique indexes), applied after each migration.
    `strings` is the folder with zh_CN.toml and en.toml, parts of which may stand in zh_CN/ and en/ beside them; or the
    texts themselves, by language and id.
    `figures_approver(ctx)` gives the roles any one of which, in another person, agrees to a change of this area's
    figures and switches (none: whoever sets them decides).
    """

    id: str
    strings: Strings
    api: int = API
    models: str = ""
    migrations: str = ""
    rules: tuple[Rule, ...] = ()
    registers: tuple[Register, ...] = ()
    actions: tuple[Action, ...] = ()
    due: Callable[[Context], Awaitable[Sequence[DueItem]]] | None = None
    facts: tuple[Fact, ...] = ()
    approvals: tuple[ApprovalKind, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    constraints: tuple[str, ...] = ()
    demo: Callable[..., Awaitable[None]] | None = None
    papers: tuple[Paper, ...] = ()
    charts: tuple[Chart, ...] = ()
    figures_approver: Callable[[Context], Collection[str]] | None = None
    views: tuple[View, ...] = ()
    renamed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Texts in place of those in `strings`, by language and id: what a site that amends the area calls otherwise."""

    @classmethod
    def of(cls, id: str, package: str, rooms: Sequence[Any], **more: Any) -> Area:
        """An area laid out by matter: what its rooms (modules or packages) declare, put together in their order.

        Any room may have REGISTERS, ACTIONS, DUE (functions as `due`), APPROVALS, CONSEQUENCES, CONSTRAINTS, PAPERS,
        CHARTS, VIEWS and FACTS. `package` is the `__name__` of the area's package, in which its `strings`, `models` and
        `migrations` stand. `more` are further fields; a `due` of its own takes the place of the rooms'. As long as
        the area has no record at all, its rooms are asked for no due items.
        """
        matters = [matter for room in rooms for matter in getattr(room, "DUE", ())]

        async def due(ctx: Context) -> list[DueItem]:
            from cstui.contract.records import begun

            if not await begun(f"{package}.models"):
                return []
            return [item for matter in matters for item in await matter(ctx)]

        folder = Path(str(import_module(package).__file__)).parent
        declared: dict[str, Any] = {
            name: tuple(one for room in rooms for one in getattr(room, name.upper(), ())) for name in _OF_ROOMS
        }
        declared |= {"models": f"{package}.models", "migrations": f"{package}.migrations", "due": due} | more
        return cls(id, strings=str(folder / "strings"), **declared)


_OF_ROOMS = (
    "registers", "actions", "approvals", "consequences", "constraints", "papers", "charts", "views", "facts",
)  # fmt: skip
