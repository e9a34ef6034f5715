"""All records of confidentiality, for the store; each stands in the room of its matter."""

from cstui_confidentiality.models.accounts import (
    Account,
    AccountHolding,
    AccountUseGrant,
    OffDutyAccessGrant,
    SecrecyUndertaking,
    SystemRegister,
)
from cstui_confidentiality.models.audit import AuditFinding, FindingEvent
from cstui_confidentiality.models.disclosure import DisclosureApproval, RemovalPass
from cstui_confidentiality.models.leaks import AnonymousLeak, AnonymousNote, ConfidentialityCase, LeakReport, Witness
from cstui_confidentiality.models.logs import AccessEvent, LogImport, UnreadLine
from cstui_confidentiality.models.requests import IdentityVerification, Look, OperationRequest, OutsiderPass
from cstui_confidentiality.models.scope import (
    AssetReader,
    ConfidentialAsset,
    ControlCheck,
    ControlLine,
    DestroyedAsset,
    PolicyDocument,
    SecrecyCategory,
    SecureDestruction,
)
from cstui_confidentiality.models.workstations import (
    FoundSoftware,
    SecurityAlert,
    SoftwareApproval,
    VirusScan,
    Workstation,
)

__all__ = [
    "AccessEvent", "Account", "AccountHolding", "AccountUseGrant", "AnonymousLeak", "AnonymousNote", "AssetReader",
    "AuditFinding", "ConfidentialAsset", "ConfidentialityCase", "ControlCheck", "ControlLine", "DestroyedAsset",
    "DisclosureApproval", "FindingEvent", "FoundSoftware", "IdentityVerification", "LeakReport", "LogImport", "Look",
    "OffDutyAccessGrant", "OperationRequest", "OutsiderPass", "PolicyDocument", "RemovalPass", "SecrecyCategory",
    "SecrecyUndertaking", "SecureDestruction", "SecurityAlert", "SoftwareApproval", "SystemRegister", "UnreadLine",
    "VirusScan", "Witness", "Workstation",
]  # fmt: skip
