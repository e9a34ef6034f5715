"""What a breach comes to: the table of tiers, of which the first that fits counts (001-9 第四章).

A matter of arithmetic alone: figures and rules come in by `rule`, which is `Context.rule`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cstui.api import RuleInForce
from cstui_confidentiality.kinds import Ground, Harm, Intent, Measure

Rules = Callable[[str], RuleInForce]
WARNING, DISMISSAL = Measure.WARNING_AND_BONUS, Measure.DISMISSAL


@dataclass(frozen=True, slots=True)
class Breach:
    """What was found to be so. Sums in fen."""

    ground: Ground
    intent: Intent = Intent.NEGLIGENT
    consequence: Harm = Harm.NONE
    loss: int = 0
    recovered: int = 0
    remedied: bool = False
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Tier:
    """The tier, the rule by which it came about, and what is proposed. `legal`: it goes before the law as well."""

    number: int
    rule: str
    measure: Measure
    legal: bool = False


def counted_loss(loss: int, recovered: int, rule: Rules) -> int:
    """The loss that counts: net of what was recovered, or in full (`loss_basis`)."""
    return loss if rule("confidentiality-32").loss_basis == "gross" else max(loss - recovered, 0)


def tier_of(breach: Breach, rule: Rules) -> Tier | None:
    """The first row of the table that fits; None: nothing is confirmed, the case is dropped.

    Silence isn't a leak: what came of the leak isn't held against who only kept silent.
    """
    if not breach.confirmed:
        return None
    sale, major = rule("confidentiality-26"), rule("confidentiality-32")
    if breach.ground is Ground.SALE and sale.on:
        return Tier(2, sale.id, Measure(sale.sale_outcome), sale.sale_legal_review)
    if breach.ground is Ground.ABETTING and rule("confidentiality-33").on:
        return Tier(2, "confidentiality-33", DISMISSAL)
    if breach.ground is Ground.SILENCE:
        silence = rule("confidentiality-28")
        measure = Measure(silence.silence_outcome)
        return Tier(1 if measure is WARNING else 2, silence.id, measure) if silence.on else None
    if major.on and breach.intent is not Intent.NONE and _grave(breach, rule):
        return Tier(2, major.id, DISMISSAL)
    found = next((one for one in _first_tier(breach) if rule(one).on), None)
    return Tier(1, found, WARNING) if found else None


def _grave(breach: Breach, rule: Rules) -> bool:
    loss = counted_loss(breach.loss, breach.recovered, rule)
    return breach.consequence is Harm.SERIOUS or loss >= rule("confidentiality-32").major_loss * 100


def _first_tier(breach: Breach) -> list[str]:
    """The rules of tier 1 that fit, the nearest first: leaked but remedied, leaked without result, a breach as such."""
    leaked = breach.ground in (Ground.LEAK, Ground.PASSWORD)
    mild = leaked and breach.consequence is not Harm.SERIOUS
    return [
        *(["confidentiality-31"] if mild and breach.remedied else []),
        *(["confidentiality-29"] if mild else []),
        "confidentiality-30",
    ]
