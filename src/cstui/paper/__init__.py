"""Papers: what areas give out to be printed or handed round, as a page to print (HTML) or as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cstui.contract.errors import BadInput, NotPermitted
from cstui.paper.page import page
from cstui.paper.plain import plain
from cstui.paper.telling import Telling
from cstui.registers import base_query, register_of

if TYPE_CHECKING:
    from cstui.contract.context import Context
    from cstui.contract.paper import Content, Paper
    from cstui.host import Host

__all__ = ["FORMATS", "MOST", "paper_of", "papers_of", "printed", "written"]

FORMATS = {"html": page, "txt": plain}
MOST = 5_000
"""Rows that one paper is made of at most: a page to print isn't an export."""


def paper_of(host: Host, ctx: Context, paper_id: str) -> Paper:
    """The paper by id. Raises BadInput with those there are, NotPermitted if this actor may not print it."""
    paper = host.papers.get(paper_id)
    if paper is None:
        raise BadInput("paper.unknown", field="paper", value=paper_id, papers=", ".join(host.papers))
    register_of(host, ctx, paper.register)
    if not ctx.may(paper.needs):
        raise NotPermitted("engine.not_permitted", value=paper.needs)
    return paper


def papers_of(host: Host, ctx: Context, register_id: str) -> list[Paper]:
    """The papers that this actor may print of a register."""
    return [paper for paper in host.papers.values() if paper.register == register_id and ctx.may(paper.needs)]


async def printed(host: Host, ctx: Context, paper: Paper, pks: Sequence[int], lang: str, kind: str) -> bytes:
    """The paper about these rows, in their order. Raises BadInput for none or too many, or what the paper refuses."""
    if not pks or len(pks) > MOST:
        raise BadInput("paper.too_many" if pks else "paper.none", value=len(pks), most=MOST)
    query = base_query(ctx, host.registers[paper.register])
    found: dict[int, Any] = {}
    for start in range(0, len(pks), 500):
        found |= {row.pk: row for row in await query.filter(id__in=list(pks[start : start + 500]))}
    contents = await paper.make(ctx, [found[pk] for pk in pks if pk in found])
    return written(host, contents, paper.id.split(".", 1)[0], lang, kind)


def written(host: Host, contents: Sequence[Content], area: str, lang: str, kind: str) -> bytes:
    """Pages of an area in one of the formats; also those that an act hands out once (`Outcome.pages`)."""
    telling = Telling(host.words, lang, host.zone, area, host.settings.site, host.clock())
    return FORMATS[kind](contents, telling).encode()
