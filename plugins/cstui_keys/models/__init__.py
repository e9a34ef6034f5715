"""All records of the key account, for the store; each stands in the room of its matter."""

from cstui_keys.models.closing import ClosingCheck
from cstui_keys.models.copies import KeyDuplication
from cstui_keys.models.counts import Count, CountLine, MissingKey
from cstui_keys.models.loans import Loan, LoanLine
from cstui_keys.models.losses import Loss
from cstui_keys.models.owners import HouseholdPaper, IssuedKey, IssueLine, OwnerKeyIssue, OwnerKeyReturn
from cstui_keys.models.register import Building, CustodyEvent, Key, Ring, Space
from cstui_keys.models.takeovers import NotSupplied, Takeover, TakeoverLine

__all__ = [
    "Building", "ClosingCheck", "Count", "CountLine", "CustodyEvent", "HouseholdPaper", "IssueLine",
    "IssuedKey", "Key", "KeyDuplication", "Loan", "LoanLine", "Loss", "MissingKey", "NotSupplied",
    "OwnerKeyIssue", "OwnerKeyReturn", "Ring", "Space", "Takeover", "TakeoverLine",
]  # fmt: skip
