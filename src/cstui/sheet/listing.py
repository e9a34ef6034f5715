"""A register as the table of a file: its columns and sections, each value as an import reads it back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any

from cstui import registers
from cstui.contract.action import Action
from cstui.contract.context import UNKNOWN
from cstui.contract.text import Text
from cstui.sheet.fields import fields_of

if TYPE_CHECKING:
    from cstui.contract.context import Context
    from cstui.contract.declare import Register
    from cstui.host import Host

PAGE = 500


class Listing:
    """Which columns a register's file has, and the values of its rows, in a reader's language.

    Choices and other texts are words, moments stand in the site's zone, money in yuan. In JSON moments keep their zone
    and fractions of a second, and yes and no stay true and false.
    """

    def __init__(
        self, host: Host, ctx: Context, register: Register, lang: str, kind: str, names: Sequence[str] = ()
    ) -> None:
        """`names`: these columns in this order, instead of all."""
        self.host, self.ctx, self.register, self.lang, self.exact = host, ctx, register, lang, kind == "json"
        self.area = register.id.partition(".")[0]
        columns = dict.fromkeys(column.name for column in (*register.columns, *register.sections))
        self.names = [*(names or columns)]
        self.headers = [host.words.label(self.area, name, lang) for name in self.names]
        action = importing(host, register)
        self.money = {made.name for made in fields_of(action.input) if made.kind == "money"} if action else set()

    async def rows(self, **asked: Any) -> AsyncIterator[list[Any]]:
        """The rows that are asked for (as of `registers.page`), read from the store as they are wanted.

        Raises NotPermitted, BadInput.
        """
        after = None
        while True:
            page = await registers.page(
                self.host, self.ctx, self.register.id, **asked, after=after, limit=PAGE, sections=True
            )
            for row in page.rows:
                yield [self.value(name, row.values[name]) for name in self.names]
            if (after := page.next) is None:
                return

    def value(self, name: str, value: Any) -> Any:
        """The value of a column as the file holds it."""
        words = self.host.words
        if value is UNKNOWN or isinstance(value, Text | Enum) or (isinstance(value, bool) and not self.exact):
            return words.value(value, self.lang, self.ctx.zone, area=self.area)
        if isinstance(value, datetime):
            return self._moment(value)
        if isinstance(value, list | tuple | set | frozenset):
            said = [self.value(name, one) for one in value]
            return said if self.exact else words.value(said, self.lang, self.ctx.zone)
        if name in self.money and isinstance(value, int):
            return Decimal(value).scaleb(-2)
        return value

    def _moment(self, value: datetime) -> Any:
        local = value.astimezone(self.ctx.zone)
        if self.exact:
            return local
        local = local.replace(microsecond=0)
        twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
        return local.isoformat(" ") if twice else local.replace(tzinfo=None)


def importing(host: Host, register: Register) -> Action | None:
    """The action by which a register is imported, if there is one."""
    return next((one for one in host.actions.values() if one.bulk and one.input and one.register == register.id), None)
