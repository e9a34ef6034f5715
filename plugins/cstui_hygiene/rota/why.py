"""Why a duty is this person's and not that one's: kept with the duty, as it was reckoned, and told in words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from cstui.api import Text, Verbatim
from cstui_hygiene.kinds import Basis
from cstui_hygiene.models import DutyAssignment
from cstui_hygiene.rota.planning import Choice, Standing

NAMED = 12
"""People that are named in one line."""


def reckoned(choice: Choice, names: Mapping[int, str], away: Iterable[int]) -> str:
    """A choice as it is kept: who was considered with how many duties, and who wasn't."""
    told = {
        "best": _standing(choice.best, names) if choice.best else None,
        "following": [_standing(one, names) for one in choice.following],
        "others": choice.others,
        "busy": [names[one] for one in choice.busy],
        "away": [names[one] for one in away],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _standing(one: Standing, names: Mapping[int, str]) -> list[Any]:
    return [names[one.person], one.level, one.last.isoformat() if one.last else None]


def why_told(duty: DutyAssignment) -> Text:
    """The same as one text of several lines."""
    lines = why(duty)
    return Text(f"hygiene.why.lines_{len(lines)}", **dict(zip(("one", "two", "three", "four"), lines, strict=False)))


def why(duty: DutyAssignment) -> list[Text]:
    """Why this person, in a few lines: what gave them the duty, who comes next, who couldn't."""
    if duty.basis is not Basis.TURN and not (duty.basis is Basis.NOBODY and duty.reckoned):
        return [Text(f"hygiene.why.{duty.basis.value}")]
    if not duty.reckoned:
        return [Text("hygiene.why.turn")]
    told = json.loads(duty.reckoned)
    lines = []
    if told["best"]:
        (name, level, last), following = told["best"], told["following"]
        since = {"last": date.fromisoformat(last)} if last else {}
        lines.append(
            Text(f"hygiene.why.{_edge(told)}{'' if last else '_first'}", person=Verbatim(name), level=level, **since)
        )
        if following:
            others = [_counted(one) for one in following]
            more = told["others"]
            lines.append(
                Text("hygiene.why.following_more" if more else "hygiene.why.following", others=others, more=more)
            )
    else:
        lines.append(Text("hygiene.why.nobody"))
    for word in ("away", "busy"):
        if names := told[word]:
            cut = [Verbatim(name) for name in names[:NAMED]]
            more = len(names) - len(cut)
            lines.append(Text(f"hygiene.why.{word}{'_more' if more else ''}", people=cut, more=more))
    return lines


def _edge(told: Mapping[str, Any]) -> str:
    """What told the chosen one from the next: fewer duties, a longer time since the last, or the staff number."""
    if not told["following"]:
        return "only"
    (_, level, last), (_, next_level, next_last) = told["best"], told["following"][0]
    if level != next_level:
        return "fewest"
    return "longest_ago" if last != next_last else "number"


def _counted(one: list[Any]) -> Text:
    return Text("hygiene.why.counted", person=Verbatim(one[0]), level=one[1])
