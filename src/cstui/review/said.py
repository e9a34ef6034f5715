"""What the words said of a matter come to: who read it, until when it is put off, with whom it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tortoise.expressions import Q

from cstui.api import Context
from cstui.review.models import Disposition, Kind, Question

REMEMBERED = timedelta(days=92)
"""So far back a deferral or delegation still stands."""


@dataclass(frozen=True, slots=True)
class Said:
    """`mark` is today's reading, also where the matter came back afterwards; `reading` where it holds.

    A matter comes back by an answer to a question about it, and by a delegate who hands it back.
    """

    mark: Disposition | None = None
    reading: Disposition | None = None
    deferred: Disposition | None = None
    delegated: Disposition | None = None
    notes: tuple[Disposition, ...] = ()
    questions: tuple[Question, ...] = ()
    back_at: datetime | None = None


def reading_kind(ctx: Context) -> Kind:
    """How this actor's reading counts: for the whole queue, or for themselves."""
    return Kind.READ if ctx.may("review.all") else Kind.SEEN


async def said_of(ctx: Context, item_ids: Iterable[str]) -> dict[str, Said]:
    """What was said of these matters, by id; nothing where nobody said anything."""
    asked = list(item_ids)
    words: dict[str, list[Disposition]] = {}
    lasting = Q(day=ctx.today) | ~Q(kind__in=[Kind.READ, Kind.SEEN])
    found = Disposition.filter(lasting, item__in=asked, day__gte=ctx.today - REMEMBERED)
    for word in await found.select_related("to").order_by("id"):
        words.setdefault(word.item, []).append(word)
    questions: dict[str, list[Question]] = {}
    standing = ~Q(answered_at=None) | Q(closed_at=None)
    for question in await Question.filter(standing, item__in=asked).select_related("person").order_by("id"):
        questions.setdefault(question.item, []).append(question)
    return {item: _told(ctx, words.get(item, ()), questions.get(item, ())) for item in words.keys() | questions.keys()}


def _told(ctx: Context, words: Sequence[Disposition], questions: Sequence[Question]) -> Said:
    mark: Disposition | None = None
    deferred: Disposition | None = None
    delegated: Disposition | None = None
    mine, returns = reading_kind(ctx), [one.answered_at for one in questions if one.answered_at]
    for word in words:
        if word.kind == mine and (mine == Kind.READ or word.by_login == ctx.actor.login):
            mark = word
        elif word.kind == Kind.DEFERRED:
            deferred = word
        elif word.kind == Kind.DELEGATED:
            delegated = word
        elif word.kind == Kind.RETURNED:
            delegated = None
            returns.append(word.at)
        elif word.kind == Kind.RECALLED:
            if word.to_id is None:
                deferred = None
            else:
                delegated = None
    back_at = max(returns, default=None)
    if deferred and (deferred.until is None or deferred.until <= ctx.today):
        deferred = None
    return Said(
        mark,
        None if mark and back_at and back_at > mark.at else mark,
        deferred,
        delegated,
        tuple(word for word in words if word.note),
        tuple(questions),
        back_at,
    )
