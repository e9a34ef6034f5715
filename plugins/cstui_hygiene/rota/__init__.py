"""The rota: who cleans what in a month, in turn, so that everybody can see why it is whose turn."""

from __future__ import annotations

from tortoise.functions import Count

from cstui.api import Action, Column, Register, Related
from cstui_hygiene.models import DutyRota
from cstui_hygiene.rota import acts, papers
from cstui_hygiene.rota.due import rotas_due
from cstui_hygiene.rota.inputs import Generate, NameKeeper

ROTAS = Register(
    "hygiene.rotas", DutyRota,
    (
        Column("rota_no", width=14, sort="rota_no"),
        Column("team", "team.name", width=12),
        Column("rota_state", "state", width=12, sort="state"),
        Column("duties", lambda ctx, rota: rota.duties, width=6, align="right"),
        Column("algorithm", width=10, narrow=False),
        Column("published_by", width=12), Column("published_at", width=16),
    ),
    noun="rota", natural_key=("rota_no",), sort="-rota_no",
    query=lambda ctx: DutyRota.all().prefetch_related("team").annotate(duties=Count("assignments")),
    sections=(Column("month"),),
    related=(Related("hygiene.duties", "rota_id"),),
)  # fmt: skip
GENERATE = Action(
    "hygiene.generate_rota", run=acts.generate, needs="hygiene.arrange", input=Generate, register="hygiene.rotas",
    mnemonic="g", rules=("hygiene-10",), prefill=acts.generate_prefill,
)  # fmt: skip
PUBLISH = Action(
    "hygiene.publish_rota", run=acts.publish, needs="hygiene.decide", target="row", register="hygiene.rotas",
    mnemonic="p", rules=("hygiene-10",), blocked=acts.publish_blocked,
)  # fmt: skip
CLOSE = Action(
    "hygiene.close_rota", run=acts.close, needs="hygiene.decide", target="row", register="hygiene.rotas",
    mnemonic="x", rules=("hygiene-10",), blocked=acts.close_blocked,
)  # fmt: skip
KEEPER = Action(
    "hygiene.name_keeper", run=acts.name_keeper, needs="hygiene.arrange", input=NameKeeper, target="row",
    register="hygiene.areas", mnemonic="a", rules=("hygiene-39",),
)  # fmt: skip

REGISTERS = (ROTAS,)
ACTIONS = (
    GENERATE,
    PUBLISH,
    CLOSE,
    KEEPER,
)
DUE = (rotas_due,)
PAPERS = papers.PAPERS
