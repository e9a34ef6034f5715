"""All records of the key account, for the store; each stands in the room of its matter."""

from cstui_keys.models.loans import Loan, LoanLine
from cstui_keys.models.losses import Loss
from cstui_keys.models.register import Building, CustodyEvent, Key, Ring, Space

__all__ = ["Building", "CustodyEvent", "Key", "Loan", "LoanLine", "Loss", "Ring", "Space"]
