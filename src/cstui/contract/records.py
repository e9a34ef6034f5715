"""Base classes of an area's Tortoise models."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from importlib import import_module
from itertools import islice
from secrets import token_hex
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

import tortoise.fields.data
import tortoise.models
from tortoise import fields
from tortoise.backends.base.client import TransactionalDBClient
from tortoise.fields.data import CharEnumFieldInstance
from tortoise.models import Model

from cstui.contract.text import Text, Verbatim

if TYPE_CHECKING:
    from cstui.contract.context import Context

M = TypeVar("M", bound=Model)

tortoise.models._get_comments = lambda cls: {}  # it reads each model's source (50 ms) for comments we don't use
# Of a row with two moments iso8601 takes half the time.
tortoise.fields.data.parse_datetime = datetime.fromisoformat  # type: ignore[attr-defined]


class Former(str):
    """A choice that isn't offered any more: read, told and kept as it stands."""

    __slots__ = ()


def _choice(self: CharEnumFieldInstance, value: Any) -> Any:
    try:
        return None if value is None else self.enum_type(value)
    except ValueError:
        return Former(value)


def _stored(self: CharEnumFieldInstance, value: Any, instance: Any) -> Any:
    return str(value) if isinstance(value, Former) else _checked(self, value, instance)


_checked = CharEnumFieldInstance.to_db_value
# One row of the past would make a whole register unreadable, for a choice that was taken out of a StrEnum.
CharEnumFieldInstance.to_python_value = _choice  # type: ignore[method-assign]
CharEnumFieldInstance.to_db_value = _stored  # type: ignore[method-assign]


class Record(Model):
    """A row of an area: an id, a version that every save raises, and the search column the host keeps.

    `search_fields` are the fields by which people look for it; names are found by pinyin initials too.
    `plain_fields` (reasons, remarks) are found as they are written: spelling them out is slow. `hundredths` are fields
    kept as whole hundredths (points, fen), which lists and histories tell with two decimals. `logins` are fields that
    hold who did something by login: lists, files and histories tell the person's name. `told_by` names for a field (a
    title that one searches by) another that holds the text itself, packed: histories tell that.
    Tables are named `AREA_NAME` (`class Meta: table = "keys_key"`).
    """

    search_fields: ClassVar[tuple[str, ...]] = ()
    plain_fields: ClassVar[tuple[str, ...]] = ()
    hundredths: ClassVar[tuple[str, ...]] = ()
    logins: ClassVar[tuple[str, ...]] = ()
    told_by: ClassVar[Mapping[str, str]] = {}

    id = fields.IntField(primary_key=True)
    version = fields.IntField(default=1)
    search = fields.CharField(max_length=512, default="", db_index=True)

    class Meta:
        abstract = True

    def prepare(self) -> None:
        """Values that follow from others, made before each save; extend in a subclass."""
        if self.search_fields or self.plain_fields:
            from cstui.contract.search import search_text

            names = [getattr(self, name) for name in self.search_fields]
            self.search = search_text(names, self.search, [getattr(self, name) for name in self.plain_fields])

    async def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        if self._saved_in_db:
            self.version += 1
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "version", "search"}
        await super().save(*args, **kwargs)

    @classmethod
    async def insert(cls, rows: Iterable[Self]) -> list[Self]:
        """Create many rows at once; each gets its id."""
        made = list(rows)
        for row in made:
            row.prepare()
        last = await cls.all().order_by("-id").first().values_list("id", flat=True) or 0
        await cls.bulk_create(made, batch_size=500)
        ids: list[Any] = [*await cls.filter(id__gt=last).order_by("id").values_list("id", flat=True)]
        if len(ids) != len(made):  # the act's lock keeps others out; without it nothing may be guessed
            raise RuntimeError(f"{cls.__name__}.insert outside an act")
        for row, row_id in zip(made, ids, strict=True):
            row.id, row._saved_in_db = row_id, True
        return made

    @classmethod
    async def next_number(cls, field: str, letter: str, day: date) -> str:
        """The next free number of a form: a letter, the day, and a number that begins anew each day (I20261124-001).

        Inside an act nobody else can take it.
        """
        head = f"{letter}{day:%Y%m%d}-"
        last = await cls.filter(**{f"{field}__startswith": head}).order_by("-id").first()
        return f"{head}{int(getattr(last, field).removeprefix(head)) + 1 if last else 1:03}"

    @classmethod
    async def change(cls, rows: Iterable[Self], names: Iterable[str]) -> None:
        """Save the named fields of many rows at once."""
        made = list(rows)
        for row in made:
            row.prepare()
            row.version += 1
        if not made:
            return
        # Tortoise's bulk_update builds a CASE for each value of each row: this takes a tenth of the time.
        saved = [*dict.fromkeys((*names, "version", "search"))]
        client = cls._choose_db(for_write=True)
        columns = [(name, cls._meta.fields_map[name].to_db_value) for name in saved]
        await client.execute_many(
            client.executor_class(model=cls, db=client).get_update_sql(saved, None),
            [[*(column(getattr(row, name), row) for name, column in columns), row.pk] for row in made],
        )


class Growing(Record):
    """A record whose table the host makes and widens by what is declared: nobody writes a migration for it.

    Each field of its own may be empty (`null=True`), since older rows have nothing there. A field that is declared no
    more keeps its column and what stands in it; one that comes back as something else is refused. `kinds` says for a
    column what it holds where its type alone doesn't tell. `kept` are the columns without a field, as the host found.
    """

    kinds: ClassVar[Mapping[str, str]] = {}
    kept: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True


def refers_to(model: str, *, null: bool = False, back: str = "", unique: bool = False) -> Any:
    """A field that names a record of a model ("people.Staff"), which stays as long as it is named.

    With `back` that record knows those that name it by this attribute.
    """
    how: dict[str, Any] = {"null": null, "unique": unique}
    return fields.ForeignKeyField(model, related_name=back or False, on_delete=fields.RESTRICT, **how)


def random_key() -> str:
    """128 random bits."""
    return token_hex(16)


class AnonymousRecord(Model):
    """A row nobody can link to a person: a random key, the day only, no order, no trigger, no journal.

    Written by an action declared `anonymous`; journalled as one commitment when it is sealed.
    """

    id = fields.CharField(max_length=32, primary_key=True, default=random_key)
    day = fields.DateField()

    class Meta:
        abstract = True


class Evidence(Model):
    """A row taken over from another system by the hundred thousand (an event of a log): added, and then never changed.

    Triggers refuse every UPDATE and DELETE. The journal doesn't hold the rows; an act's entry seals those that it
    added (first and last id, count, digest), and `journal verify` tells a changed, removed or foreign row. A register
    shows them like records: `search_fields` and the like are as of Record. What people make of
    such a row (a finding) is a record that points to it.

        class Event(Evidence):
            unique = "digest"               # the field by which a row that comes again is the same
            search_fields = ("login", "ip")
            digest = fields.CharField(max_length=64, unique=True)
            …

        added, doubled = await Event.add(ctx, ("system_id", "login", "ip", "at", "digest"), rows)

    A new column needs a default or may be empty; no column is ever dropped.
    """

    unique: ClassVar[str] = ""
    search_fields: ClassVar[tuple[str, ...]] = ()
    plain_fields: ClassVar[tuple[str, ...]] = ()
    hundredths: ClassVar[tuple[str, ...]] = ()
    logins: ClassVar[tuple[str, ...]] = ()
    version: ClassVar[int] = 1

    id = fields.BigIntField(primary_key=True)
    search = fields.CharField(max_length=512, default="")

    class Meta:
        abstract = True

    async def save(self, *args: Any, **kwargs: Any) -> None:
        raise RuntimeError(f"{type(self).__name__} is added by Evidence.add and never changed")

    @classmethod
    async def add(cls, ctx: Context, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> tuple[int, int]:
        """Add rows, each with the values of the named fields in their order; answers how many are new, how many known.

        A record is named by its id (`system_id`), a moment is in UTC, a choice is its text; a field that isn't named
        is empty. The rows are read once, in parts. Raises RuntimeError outside an act.
        """
        client: Any = cls._choose_db(for_write=True)
        if not isinstance(client, TransactionalDBClient):
            raise RuntimeError(f"{cls.__name__}.add outside an act")
        table, column = cls._meta.db_table, cls._meta.fields_db_projection
        last: Any = await cls.all().order_by("-id").first().values_list("id", flat=True) or 0
        ctx.added.setdefault(table, (tuple(dict.fromkeys(column.values())), last))
        named = [column[name] for name in (*names, "search")]
        numbered = client.capabilities.dialect == "postgres"
        marks = ",".join(f"${at}" if numbered else "?" for at in range(1, len(named) + 1))
        columns = ",".join(f'"{name}"' for name in named)
        query = f'INSERT INTO "{table}"({columns}) VALUES({marks}) ON CONFLICT("{column[cls.unique]}") DO NOTHING'
        searched, written = ([names.index(name) for name in group] for group in (cls.search_fields, cls.plain_fields))
        given, left = 0, iter(rows)
        while part := [[*row, search_of(row, searched, written)] for row in islice(left, _PART)]:
            await client.execute_many(query, part)
            given += len(part)
            await asyncio.sleep(0)  # a dashboard paints meanwhile
        added = await cls.filter(id__gt=last).count()
        return added, given - added


_PART = 2000
"""Rows that are inserted together."""


def search_of(row: Sequence[Any], names: Sequence[int], plain: Sequence[int]) -> str:
    """The search column of a row that is still a tuple."""
    return _search_of(tuple(row[at] for at in names), tuple(row[at] for at in plain)) if names or plain else ""


@lru_cache(maxsize=4096)
def _search_of(names: tuple[Any, ...], plain: tuple[Any, ...]) -> str:
    """A log names the same few accounts again and again."""
    from cstui.contract.search import search_text

    return search_text(names, "", plain)


def utc(moment: datetime) -> datetime:
    """The same moment in UTC: the only form in which moments are saved or filtered by."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return moment.astimezone(UTC)


def models_in(module: str, kind: type[M]) -> list[type[M]]:
    """A module's records of a kind; none where no module is named."""
    found = vars(import_module(module)).values() if module else ()
    return [one for one in found if isinstance(one, type) and issubclass(one, kind) and not one._meta.abstract]


async def begun(module: str) -> bool:
    """Whether any of a module's records is there; where it declares none nobody knows, so it is."""
    models = models_in(module, Model)
    if not models:
        return True
    asked = " OR ".join(f'EXISTS (SELECT 1 FROM "{one._meta.db_table}")' for one in models)
    rows = await models[0]._meta.db.execute_query_dict(f"SELECT {asked} AS begun")
    return bool(rows[0]["begun"])


def held(model: type[Model], name: str) -> Callable[[Context], Awaitable[Mapping[str, Text]]]:
    """The texts that a column holds, each once, in their order; for `Known`."""

    async def values(ctx: Context) -> Mapping[str, Text]:
        found = await model.all().order_by(name).distinct().values_list(name, flat=True)
        return {str(one): Verbatim(str(one)) for one in found if one}

    return values
