"""Logs are taken in: each event once, however often its line comes; what can't be read is listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Final, cast
from zoneinfo import ZoneInfo

from cstui.api import BadInput, Context, Refusal, Text, choice, utc
from cstui_confidentiality.kinds import LogFormat, SystemState
from cstui_confidentiality.logs.csvs import mapping_of
from cstui_confidentiality.logs.events import Aside, Event, Format, How, Jump, Mapping, Unread
from cstui_confidentiality.logs.inputs import ImportLog
from cstui_confidentiality.logs.reading import Read, read
from cstui_confidentiality.models import AccessEvent, Account, LogImport, SystemRegister, UnreadLine

PART: Final = 5000
"""Lines that are read and added together; the result doesn't depend on it."""
NAMED: Final = 5
"""Logins nobody registered that are named; the list of events has them all."""
EVENT: Final = (
    "at", "kind", "login", "subject_ref", "rows", "ticket", "ip", "seat", "digest", "line", "account_id", "system_id",
    "log_id",
)  # fmt: skip
UNREAD: Final = ("line", "stood", "why", "digest", "log_id")


async def import_log(ctx: Context, system: SystemRegister, data: ImportLog) -> Text:
    """Take in a system's log.

    Raises BadInput where the file isn't one: nothing of it can be read, or it lacks a column of the mapping.
    """
    Refusal.because(await import_blocked(ctx, system), field="system", value=system.code)
    how = how_of(ctx, system, data.taken_on)
    number = await LogImport.next_number("import_no", "L", ctx.today)
    log = await LogImport.create(
        import_no=number, system=system, file_name=data.file.name[:200], at=utc(ctx.now), imported_by=ctx.actor.login
    )
    logins = await Account.filter(system=system).values_list("login", "id")
    taking = Taking(log, dict(logins))
    for part in parts(read(data.file.lines(), how)):
        await taking.take(ctx, part)
        ctx.progress(taking.lines)
    if taking.first_unread and not log.added + log.doubled:
        line, _, reason, _ = taking.first_unread
        raise BadInput(
            "confidentiality.refusal.nothing_read", field="file", value=data.file.name, line=line,
            why=Text(f"confidentiality.unread.{reason}"), format=choice("confidentiality", system.log_format.value),
        )  # fmt: skip
    await log.save()
    system.last_import_at = log.at
    await system.save()
    tell(ctx, log, taking.unknown)
    return Text("confidentiality.done.log_imported", number=number, added=log.added, doubled=log.doubled)


async def import_blocked(ctx: Context, system: SystemRegister) -> Text | None:
    if system.state is SystemState.RETIRED:
        return Text("confidentiality.blocked.log_retired", system=system.code)
    if system.log_format is LogFormat.BY_HAND:
        return Text("confidentiality.blocked.by_hand", system=system.code)
    if system.log_format is LogFormat.CSV and not system.mapping:
        return Text("confidentiality.blocked.no_mapping", system=system.code)
    return None


def how_of(ctx: Context, system: SystemRegister, taken_on: date | None) -> How:
    """How a system's log is read now. Raises BadInput where its day lies ahead."""
    if taken_on and taken_on > ctx.today:
        raise BadInput("confidentiality.refusal.taken_ahead", field="taken_on", value=taken_on)
    zone = ZoneInfo(system.log_zone) if system.log_zone else ctx.zone
    mapping = mapping_of(system.mapping) if system.mapping else Mapping()
    taken = ctx.moment(taken_on) if taken_on else utc(ctx.now)
    return How(system.code, cast(Format, system.log_format.value), zone, taken, mapping)


def parts(lines: Iterable[Read]) -> Iterator[list[Read]]:
    left = iter(lines)
    while part := list(islice(left, PART)):
        yield part


class Taking:
    """An import as it goes: the record's counts, part by part."""

    def __init__(self, log: LogImport, accounts: dict[str, int]) -> None:
        self.log = log
        self.accounts = accounts
        self.unknown: Counter[str] = Counter()
        self.first_unread: Unread | None = None
        self.lines = 0

    async def take(self, ctx: Context, part: list[Read]) -> None:
        log = self.log
        events = [one for one in part if isinstance(one, Event)]
        unread = [one for one in part if isinstance(one, Unread)]
        where = log.system_id, log.id
        added, doubled = await AccessEvent.add(
            ctx, EVENT, [(*one, self.accounts.get(one.login), *where) for one in events]
        )
        if unread:
            self.first_unread = self.first_unread or unread[0]
            rows = [(one.line, one.shown, one.reason, one.digest, log.id) for one in unread]
            await UnreadLine.add(ctx, UNREAD, rows)
        for one in events:
            if one.login not in self.accounts and (one.login in self.unknown or len(self.unknown) < PART):
                self.unknown[one.login] += 1
        log.added += added
        log.doubled += doubled
        log.unread += len(unread)
        log.aside += sum(isinstance(one, Aside) for one in part)
        log.unknown += sum(one.login not in self.accounts for one in events)
        log.jumps += sum(isinstance(one, Jump) for one in part)
        if events:
            first, last = min(one.at for one in events), max(one.at for one in events)
            log.first_at = min(log.first_at or first, first)
            log.last_at = max(log.last_at or last, last)
        self.lines = part[-1].line


def tell(ctx: Context, log: LogImport, unknown: Counter[str]) -> None:
    """What whoever imports should know beside the counts of what is new."""
    if log.unread:
        ctx.notes.append(Text("confidentiality.note.unread", count=log.unread))
    if log.unknown:
        named = [login for login, _ in unknown.most_common(NAMED)]
        more = len(unknown) - len(named)
        ctx.notes.append(
            Text("confidentiality.note.unknown_and_more" if more else "confidentiality.note.unknown",
                 count=log.unknown, logins=named, more=more)
        )  # fmt: skip
    if log.jumps:
        ctx.notes.append(Text("confidentiality.note.jumps", count=log.jumps))
    if log.aside:
        ctx.notes.append(Text("confidentiality.note.aside", count=log.aside))
