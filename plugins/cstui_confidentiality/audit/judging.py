"""The judge: which accesses were against a rule. Pure; it reads events in the order of time, in constant memory.

A request is leave for acts of its kind, requester and system, from its approval until `valid_to`; where both name a
customer or a ticket they name the same one. A change takes up its request: the next change needs another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Final, NamedTuple

from cstui.api import Severity, Text
from cstui_confidentiality.audit.facts import Event, Facts, Request
from cstui_confidentiality.audit.standing import FOREVER, Standing, Standings

EXPORTS: Final = frozenset({"export", "copy", "delete"})
EARLY: Final = datetime.min.replace(tzinfo=UTC)


class Breach(NamedTuple):
    """An access against a rule. `way` says how; the same way, day, person and account make one finding."""

    rule: str
    way: str
    severity: Severity
    event: int
    at: datetime
    day: date
    staff: int | None
    system: int
    login: str
    account: int | None
    why: Text


def judge(events: Iterable[Event], facts: Facts) -> Iterator[Breach]:
    """The breaches among the events, which are in the order of time; several of one event in the order of rules."""
    return Judge(facts).breaches(events)


class Judge:
    """Judges events part by part."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.standings = Standings(facts)
        self.requests = Requests(facts)
        self.known: dict[tuple[int, str], Standing] = {}

    def breaches(self, events: Iterable[Event]) -> Iterator[Breach]:
        """Those among the next events. Of a million nearly all are in order: these are passed over with little work."""
        known = self.known
        for event in events:
            _, at, kind, system, login, _, rows, ticket, seat = event
            standing = known.get((system, login))
            if standing is None or at >= standing.until:
                standing = known[system, login] = self.standings.at(system, login, at)
            elsewhere = seat and standing.seats and seat not in standing.seats
            if kind == "query":
                standing.volume.count += 1
                if (
                    ticket
                    and rows <= standing.figures.rows_warn
                    and not (elsewhere or standing.away or standing.given_up)
                    and (standing.volume.most is None or standing.volume.count != standing.volume.most + 1)
                ):
                    continue
            elif kind == "logout" or (kind == "login" and standing.inside and not elsewhere):
                continue
            rules = standing.figures.rules
            for rule, name, severity, why in self._found(event, standing, bool(elsewhere)):
                if rule in rules:
                    yield Breach(
                        rule, name, severity, event.id, at, standing.day, standing.holder, system,
                        login, standing.account, why,
                    )  # fmt: skip

    def _found(self, event: Event, standing: Standing, elsewhere: bool) -> Iterator[tuple[str, str, Severity, Text]]:
        """What is wrong with an event: rule, way, severity and why."""
        kind = event.kind
        if standing.given_up:
            yield "confidentiality-07", "given_up", "critical", Text("confidentiality.why.given_up", day=standing.day)
        if kind == "login":
            yield from self._login(event, standing)
        elif kind != "peer_pc":
            if standing.away:
                yield "confidentiality-07", "absent", "critical", Text("confidentiality.why.absent", day=standing.day)
            if elsewhere:
                yield "confidentiality-07", "other_seat", "critical", _seat("other_seat", event, standing)
        if kind == "customer_login":
            yield from self._customer_login(event, standing)
        elif kind == "modify":
            yield from self._modify(event, standing)
        elif kind == "query":
            yield from self._query(event, standing)
        elif kind in EXPORTS:
            request, why = self.requests.fitting(event, standing)
            if request is None:
                yield "confidentiality-16", kind, "critical", why
        if (kind == "login" and elsewhere) or (kind == "peer_pc" and (elsewhere or not event.seat)):
            yield (
                "confidentiality-24",
                "peer_pc",
                "warning",
                _seat("peer_pc" if event.seat else "peer_pc_alone", event, standing),
            )

    def _login(self, event: Event, standing: Standing) -> Iterator[tuple[str, str, Severity, Text]]:
        """Only who is known has a shift: an account nobody holds is told when it is imported."""
        if standing.inside or standing.holder is None:
            return
        if standing.away:
            yield "confidentiality-08", "on_leave", "critical", Text("confidentiality.why.on_leave", day=standing.day)
        elif standing.window is None:
            yield "confidentiality-08", "off_duty", "critical", Text("confidentiality.why.no_shift", day=standing.day)
        else:
            first, last = standing.window
            yield (
                "confidentiality-08",
                "off_duty",
                "critical",
                Text("confidentiality.why.off_duty", since=first, until=last),
            )

    def _customer_login(self, event: Event, standing: Standing) -> Iterator[tuple[str, str, Severity, Text]]:
        request, why = self.requests.fitting(event, standing)
        if request and not request.executed:
            why = Text("confidentiality.why.not_executed")
        elif request and standing.figures.login_needs_ticket and not (request.ticket or event.ticket):
            why = Text("confidentiality.why.no_ticket_of_request")
        elif request:
            return
        yield "confidentiality-12", "customer_login", "critical", why

    def _modify(self, event: Event, standing: Standing) -> Iterator[tuple[str, str, Severity, Text]]:
        """A customer's data need a request with a ticket (13), every change a request of its own (15)."""
        request, why = self.requests.fitting(event, standing, once=True)
        if request is None and (not event.subject or why.id.endswith(".used")):
            yield "confidentiality-15", "unmatched", "critical", why
        elif request is None:
            yield "confidentiality-13", "modify", "critical", why
        elif event.subject and not request.ticket:
            yield "confidentiality-13", "modify", "critical", Text("confidentiality.why.no_ticket_of_request")

    def _query(self, event: Event, standing: Standing) -> Iterator[tuple[str, str, Severity, Text]]:
        figures = standing.figures
        if not event.ticket and self.requests.fitting(event, standing)[0] is None:
            standing.loose.count += 1
            if standing.loose.count > figures.without_ticket_max:
                why = Text("confidentiality.why.no_ticket", most=figures.without_ticket_max)
                yield "confidentiality-14", "no_ticket", "warning", why
        if event.rows > figures.rows_warn:
            yield (
                "confidentiality-14",
                "rows",
                "critical",
                Text("confidentiality.why.rows", rows=event.rows, most=figures.rows_warn),
            )
        if standing.volume.most is not None and standing.volume.count == standing.volume.most + 1:
            why = Text("confidentiality.why.volume", most=standing.volume.most, score=figures.zscore_warn)
            yield "confidentiality-14", "volume", "critical", why


def _seat(name: str, event: Event, standing: Standing) -> Text:
    return Text(f"confidentiality.why.{name}", seat=event.seat, own=", ".join(sorted(standing.seats)))


class Requests:
    """Approved requests, found by what they are for."""

    def __init__(self, facts: Facts) -> None:
        self.of: dict[tuple[str, int], list[Request]] = {}
        self.about: dict[tuple[str, int, str], list[Request]] = {}
        self.matched: dict[int, Request] = {}
        self.used: set[int] = set()
        for one in sorted(facts.requests, key=lambda one: (one.valid_to or FOREVER, one.id)):
            self.of.setdefault((one.kind, one.system), []).append(one)
            if one.subject:
                self.about.setdefault((one.kind, one.system, one.subject), []).append(one)
            if one.event is not None:
                self.matched[one.event] = one
                self.used.add(one.id)
        self.anybody = {key: [one for one in rows if not one.subject] for key, rows in self.of.items()}

    def fitting(self, event: Event, standing: Standing, once: bool = False) -> tuple[Request | None, Text]:
        """The request that an event goes by: of those that fit, the one that ends first. Else why there is none.

        `once`: no other event may go by it. What a person matched stays so.
        """
        if event.id in self.matched:
            return self.matched[event.id], Text("")
        key = event.kind, event.system
        rows: Sequence[Request] = self.of.get(key, ())
        if event.subject:
            rows = [*self.about.get((*key, event.subject), ()), *self.anybody.get(key, ())]
            rows.sort(key=lambda one: (one.valid_to or FOREVER, one.id))
        why = Text("confidentiality.why.no_request")
        late = EARLY
        for one in rows:
            if standing.holder is not None and one.requester not in standing.users:
                continue
            if event.ticket and one.ticket and one.ticket != event.ticket:
                continue
            if one.approved_at > event.at:
                why = Text("confidentiality.why.approved_later", at=one.approved_at) if late == EARLY else why
            elif one.valid_to and one.valid_to < event.at:
                if one.valid_to > late:
                    late, why = one.valid_to, Text("confidentiality.why.expired", until=one.valid_to)
            elif once and one.id in self.used:
                late, why = FOREVER, Text("confidentiality.why.used")
            else:
                if once:
                    self.used.add(one.id)
                return one, why
        return None, why
