"""What a plugin imports: the whole public contract, version `API`.

A plugin imports from here, from `cstui.people`, `cstui.approvals`, `cstui.ledger`, `cstui.calendar`, and from
no other room of the host.
"""

from cstui.contract.action import Action, Bulk, Separation, Signature
from cstui.contract.chart import Board, Card, Chart, Dated, Datum, Figures, Lane, Mark, Period, Plan, PlanRow, Series
from cstui.contract.context import SYSTEM, UNKNOWN, Actor, Context, RuleInForce
from cstui.contract.declare import (
    API,
    ApprovalKind,
    Area,
    Column,
    Consequence,
    DueItem,
    Fact,
    Known,
    Of,
    Ref,
    Register,
    Related,
    Severity,
)
from cstui.contract.errors import BadInput, Refusal
from cstui.contract.hooks import hookimpl
from cstui.contract.inputs import (
    Clock,
    Code,
    Day,
    Fen,
    Input,
    Line,
    Moment,
    Pin,
    Reason,
    Reference,
    Sealed,
    Span,
    Whole,
    Words,
    half_width,
)
from cstui.contract.paper import Content, Facts, Labels, Paper, Table
from cstui.contract.records import AnonymousRecord, Record, held, refers_to, utc
from cstui.contract.rules import Param, Rule
from cstui.contract.text import Text, Verbatim, choice

__all__ = [
    "API", "SYSTEM", "UNKNOWN", "Action", "Actor", "AnonymousRecord", "ApprovalKind", "Area", "BadInput", "Board",
    "Bulk", "Card", "Chart", "Clock", "Code", "Column", "Consequence", "Content", "Context", "Dated", "Datum",
    "Day", "DueItem", "Fact", "Facts", "Fen", "Figures", "Input", "Known", "Labels", "Lane", "Line", "Mark",
    "Moment", "Of", "Paper", "Param", "Period", "Pin", "Plan", "PlanRow", "Reason", "Record", "Ref", "Reference",
    "Refusal", "Register", "Related", "Rule", "RuleInForce", "Sealed", "Separation", "Series", "Severity",
    "Signature", "Span", "Table", "Text", "Verbatim", "Whole", "Words", "choice", "half_width", "held", "hookimpl",
    "refers_to", "utc",
]  # fmt: skip
