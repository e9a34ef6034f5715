"""How a paper's values are told: in one language, in the site's zone, free of what acts or hides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from cstui.cells import clean
from cstui.contract.text import Text
from cstui.words import Words


@dataclass(frozen=True, slots=True)
class Telling:
    """`site` and `now` stand at the foot of every sheet."""

    words: Words
    lang: str
    zone: ZoneInfo
    area: str
    site: str
    now: datetime

    def __call__(self, value: Any) -> str:
        """A value as a person reads it; nothing for an empty one."""
        if value is None or value == "":
            return ""
        return clean(self.words.value(value, self.lang, self.zone, area=self.area))

    def foot(self) -> str:
        """Which site printed it, and when."""
        return self(Text("paper.foot", site=self.site, at=self.now))
