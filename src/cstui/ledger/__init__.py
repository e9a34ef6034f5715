"""Points and money of people, posted with rule and source, reversed by counter-entries: a host area.

Money that lowers anybody's pay gets here only through a charge: proposed, decided, told, heard, past the time for an
appeal, and then posted under the guards of the wage law. What sums against persons become is the site's mode.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cstui.contract.action import Action, Separation
from cstui.contract.context import Context
from cstui.contract.declare import Area, Consequence
from cstui.contract.errors import Refusal
from cstui.contract.text import Text
from cstui.ledger import charges, demo, inputs, pay, posting, settling
from cstui.ledger.charts import CHARTS
from cstui.ledger.due import charges_due
from cstui.ledger.models import Posting, PostingKind
from cstui.ledger.money import Month, instalments, share
from cstui.ledger.posting import balance, post
from cstui.ledger.registers import REGISTERS
from cstui.ledger.rules import RULES, agree


async def _allowed(ctx: Context, rows: Sequence[Any], data: Any) -> Text | None:
    """In some provinces the sums as written can't even be chosen (money-05)."""
    names = {"mode": ctx.rule("money-03").mode, "province": ctx.rule("money-05").province}
    if data.name in names and data.rule in ("money-03", "money-05"):
        names[data.name] = data.value.strip()
        forbidden = names["mode"] == "as_written" and names["province"] in ctx.rule("money-05").as_written_forbidden
        if forbidden:
            raise Refusal("ledger.refusal.province", field=data.name, value=names["province"], rule="money-05")
    return None


def _on_charge(name: str, run: Any, needs: str, mnemonic: str, blocked: Any, model: Any = None, **more: Any) -> Action:
    return Action(
        f"ledger.{name}", run=run, needs=needs, input=model, target="row", register="ledger.charges",
        mnemonic=mnemonic, blocked=blocked, **{"separate": (Separation("person_id", "money-06"),), **more},
    )  # fmt: skip


ACTIONS = (
    Action("ledger.post_points", run=posting.post_points, needs="ledger.post", input=inputs.Post,
           register="ledger.postings", mnemonic="n", separate=(Separation("person"),)),
    Action("ledger.reverse", run=posting.reverse, needs="ledger.reverse", input=inputs.Reverse, target="row",
           register="ledger.postings", mnemonic="v", rules=("money-02",), separate=(Separation("person_id"),)),
    Action("ledger.propose_charge", run=charges.propose, needs="ledger.charge", input=inputs.ProposeCharge,
           register="ledger.charges", mnemonic="n", rules=("money-01", "money-02"), settles=False),
    _on_charge("decide_charge", charges.decide, "ledger.decide", "d", charges.decide_blocked, inputs.DecideCharge,
               prefill=charges.decide_prefill,
               rules=("money-01", "money-03", "money-04", "money-05", "money-06", "money-09", "money-10", "money-12")),
    _on_charge("notify", charges.notify, "ledger.charge", "i", charges.notify_blocked, rules=("money-06",)),
    _on_charge("hear", charges.hear, "ledger.own", "h", charges.hear_blocked, inputs.Hear, separate=(),
               rules=("money-06",)),
    _on_charge("appeal", charges.appeal, "ledger.own", "a", charges.appeal_blocked, inputs.Appeal, separate=(),
               rules=("money-06",)),
    _on_charge("decide_appeal", charges.decide_appeal, "ledger.appeals", "p", charges.appeal_decision_blocked,
               inputs.DecideAppeal, rules=("money-06", "money-11")),
    _on_charge("post_charge", settling.post_charge, "ledger.post", "b", settling.blocked, inputs.PostCharge,
               effect=settling.post_effect, dangerous=True,
               rules=("money-03", "money-06", "money-07", "money-08", "money-09", "money-11")),
    Action("ledger.set_base_pay", run=pay.set_base_pay, needs="ledger.pay", input=inputs.SetBasePay,
           register="ledger.base_pays", mnemonic="n", rules=("money-08", "money-13"),
           separate=(Separation("person", "money-13"),)),
    Action("ledger.pay_overtime", run=pay.pay_overtime, needs="ledger.post", input=inputs.PayOvertime,
           register="ledger.overtime", mnemonic="n", rules=("money-15",), separate=(Separation("person"),)),
    Action("ledger.charge_department", run=pay.charge_department, needs="ledger.post", input=inputs.ChargeDepartment,
           register="ledger.department_entries", mnemonic="n", rules=("money-01", "money-14")),
    Action("ledger.reverse_department", run=pay.reverse_department, needs="ledger.reverse", input=inputs.Reverse,
           target="row", register="ledger.department_entries", mnemonic="v", rules=("money-14",)),
)  # fmt: skip

AREA = Area(
    "ledger",
    strings=str(Path(__file__).parent / "strings"),
    models="cstui.ledger.models",
    migrations="cstui.ledger.migrations",
    rules=RULES,
    constraints=(
        'CREATE UNIQUE INDEX IF NOT EXISTS "ledger_reversed_once" ON "ledger_posting" ("reverses_id")',
        'CREATE UNIQUE INDEX IF NOT EXISTS "ledger_department_once" ON "ledger_department_entry" ("reverses_id")',
    ),
    registers=REGISTERS,
    actions=ACTIONS,
    due=charges_due,
    charts=CHARTS,
    demo=demo.fill,
    consequences=(
        Consequence("approvals.accept_finding", charges.from_finding),
        Consequence("site.set_figure", _allowed),
    ),
    figures_approver=agree,
)

__all__ = ["AREA", "Month", "Posting", "PostingKind", "balance", "instalments", "post", "share"]
