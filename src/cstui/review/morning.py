"""The morning sheet: what is put before somebody today, area by area, to be handed round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstui.contract.text import Text
from cstui.review.collect import Matter, Review
from cstui.review.sheet import Row, Sheet

if TYPE_CHECKING:
    from cstui.host import Host

HEAD = ("severity", "area", "matter", "person", "due", "state", "rule")


def morning(host: Host, today: Review, lang: str) -> Sheet:
    """Today's matters, those of an area together, in the order of the queue."""

    def say(text: Text) -> str:
        return host.words.say(text, lang, host.zone)

    def row(matter: Matter) -> Row:
        item = matter.item
        state = "  ".join(say(one) for one in (item.state, matter.became) if one)
        due = host.words.value(item.due, lang, host.zone) if item.due else ""
        severity, area = say(Text(f"severity.{item.severity}")), say(Text(f"{item.area}.title"))
        return severity, area, say(item.title), item.person, due, state, item.rule

    areas: dict[str, list[Row]] = {}
    for matter in today.matters:
        areas.setdefault(say(Text(f"{matter.item.area}.title")), []).append(row(matter))
    critical = sum(matter.item.severity == "critical" for matter in today.matters)
    counts = Text("review.morning.counts", count=len(today.matters), critical=critical)
    unknown = (
        Text("review.statement.unknown", area=Text(f"{area}.title"), reason=reason) for area, reason in today.unknown
    )
    day = host.clock().astimezone(host.zone).date()
    return Sheet(
        title=say(Text("review.morning.title", site=host.settings.site, day=day)),
        lines=tuple(map(say, (counts, *unknown))),
        names=HEAD,
        head=tuple(say(Text(f"review.morning.{name}")) for name in HEAD),
        groups=tuple((f"{area}  {len(rows)}", tuple(rows)) for area, rows in areas.items()),
    )
