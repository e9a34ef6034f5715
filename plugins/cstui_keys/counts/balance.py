"""What a ring must show: present + on loan + issued + lost = registered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cstui_keys.kinds import GONE, HELD_BY_OFFICE, CountKind, Dept, KeyState
from cstui_keys.models import Count, CountLine, Key
from cstui_keys.register.places import having


@dataclass(frozen=True, slots=True)
class Balance:
    """The keys of a ring, or of the whole account: how many are registered, and where they are."""

    registered: int
    present: int
    on_loan: int = 0
    issued: int = 0
    lost: int = 0

    @property
    def missing(self) -> int:
        """Keys that nobody accounts for; below 0 more are there than are registered."""
        return self.registered - (self.present + self.on_loan + self.issued + self.lost)


def balance(states: Iterable[KeyState], present: int) -> Balance:
    """Keys in these states, of which so many were found present."""
    of = Counter(state for state in states if state not in GONE)
    return Balance(of.total(), present, of[KeyState.ON_LOAN], of[KeyState.ISSUED_TO_OWNER], of[KeyState.LOST])


async def keys_of(count: Count, lines: Sequence[CountLine]) -> dict[int, list[Key]]:
    """The keys that each line is about, by the lines' ids. A hand-over leaves out other departments' cabinets."""
    rings = {line.ring_id: line.id for line in lines if line.ring_id}
    loose = {line.building_id: line.id for line in lines if not line.ring_id}
    found: dict[int, list[Key]] = defaultdict(list)
    for key in sorted(await having(Key, "ring_id", rings), key=lambda key: str(key.natural)):
        found[rings[key.ring_id]].append(key)
    if loose:
        rows = Key.filter(ring_id__isnull=True, space__building_id__in=sorted(loose)).select_related("space")
        for key in await rows.order_by("natural"):
            if count.kind is not CountKind.HANDOVER or key.custodian_dept is Dept.CUSTOMER_SERVICE:
                found[loose[key.space.building_id]].append(key)
    return found


def at_rest(keys: Iterable[Key]) -> list[Key]:
    """Those that must hang in the cabinet."""
    return [key for key in keys if key.state in HELD_BY_OFFICE]
