"""All records of the key account, for the store; each stands in the room of its matter."""

from cstui_keys.models.copies import KeyDuplication
from cstui_keys.models.loans import Loan, LoanLine
from cstui_keys.models.losses import Loss
from cstui_keys.models.owners import HouseholdPaper, IssuedKey, IssueLine, OwnerKeyIssue, OwnerKeyReturn
from cstui_keys.models.register import Building, CustodyEvent, Key, Ring, Space

__all__ = [
    "Building", "CustodyEvent", "HouseholdPaper", "IssueLine", "IssuedKey", "Key", "KeyDuplication", "Loan",
    "LoanLine", "Loss", "OwnerKeyIssue", "OwnerKeyReturn", "Ring", "Space",
]  # fmt: skip
