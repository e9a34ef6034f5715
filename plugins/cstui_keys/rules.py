"""The rules of key custody that this area holds, with the figures a site may set under `[keys]`."""

from __future__ import annotations

from datetime import timedelta

from cstui.api import Param, Rule
from cstui_keys.kinds import OWNER_KEY_KINDS, Dept, Grouping

K = "001 · 客服的制度 4 · 钥匙管理规定"
_TESTS = "tests/areas/test_keys_"
DAY = timedelta(days=1)
_GROUPINGS = tuple(Grouping)

RULES = (
    Rule(
        "keys-01", "custody", f"{K} 1(1)", (Param("classes", ("owner", "public", "equipment")),),
        structure=f"{_TESTS}register.py::test_keys_fall_into_three_classes",
    ),
    Rule("keys-02", "custody", f"{K} 1(2)", structure=f"{_TESTS}register.py::test_keys_fall_into_three_classes"),
    Rule(
        "keys-03", "custody", f"{K} 2(1)",
        (
            Param("custodian_required", 1, "per building", proposed=True),
            Param("custodian_deputy", 1, "per building", proposed=True),
        ),
    ),
    Rule(
        "keys-04", "schedule", f"{K} 2(1)", basis="implied",
        params=(Param("custodian_cover", "every shift", proposed=True, choices=("every shift",)),),
    ),
    Rule(
        "keys-05", "checklist", f"{K} 2(1)", basis="implied",
        params=(Param("takeover_difference_max", 0, "keys", proposed=True),),
    ),
    Rule(
        "keys-06", "prohibition", f"{K} 2(1)①",
        (
            Param("private_loans", "forbidden", choices=("forbidden", "allowed")),
            Param("reason_min", 4, "chars", proposed=True),
        ),
    ),
    Rule("keys-07", "custody", f"{K} 2(1)②"),
    Rule("keys-08", "custody", f"{K} 2(2)①", (Param("grouping_owner", "by_household", choices=_GROUPINGS),)),
    Rule("keys-09", "custody", f"{K} 2(2)①", (Param("grouping_public", "by_floor", choices=_GROUPINGS),)),
    Rule("keys-10", "custody", f"{K} 2(2)①", (Param("grouping_equipment", "by_equipment", choices=_GROUPINGS),)),
    Rule(
        "keys-11", "custody", f"{K} 2(2)①",
        (Param("ring_media", ("ring", "cord")), Param("ring_due", DAY, "day", proposed=True)),
    ),
    Rule("keys-12", "deadline", f"{K} 2(2)②", (Param("label_due", DAY, "day", proposed=True),)),
    Rule(
        "keys-13", "computation", f"{K} 2(2)②",
        (
            Param("label_format", "{block}-{unit} {floor}{room}"),
            Param("label_format_equipment", "{equipment_room_name}"),
        ),
        structure=f"{_TESTS}register.py::test_label_texts",
    ),
    Rule("keys-14", "checklist", f"{K} 2(2)③", (Param("owner_key_kinds", tuple(OWNER_KEY_KINDS), "kinds"),)),
    Rule("keys-15", "approval", f"{K} 3(1)", (Param("identity_documents_min", 1, proposed=True),)),
    Rule(
        "keys-16", "custody", f"{K} 3(1)",
        (
            Param("owner_signature", "required", choices=("required", "waived")),
            Param("owner_issue_wait", DAY, "day", proposed=True),
        ),
    ),
    Rule("keys-17", "custody", f"{K} 3(1)"),
    Rule(
        "keys-18", "approval", f"{K} 3(1)", (Param("issuer_role", "customer_service", choices=tuple(Dept)),),
    ),
    Rule(
        "keys-19", "custody", f"{K} 3(2)①",
        (Param("equipment_custodian", "engineering", choices=tuple(Dept)),),
    ),
    Rule(
        "keys-20", "approval", f"{K} 3(2)②",
        (
            Param("duplication_approver", ("engineering_manager", "engineering_supervisor")),
            Param("duplication_wait", 1, "workday", proposed=True),
        ),
    ),
    Rule("keys-21", "custody", f"{K} 3(2)③", structure=f"{_TESTS}papers.py::test_the_register_of_loans_has_the_form"),
    Rule(
        "keys-22", "deadline", f"{K} 2(1)②", basis="implied",
        params=(
            Param("loan_due", "shift_end", proposed=True, choices=("shift_end", "loan_max")),
            Param("loan_max", timedelta(hours=24), "h", proposed=True),
            Param("loan_overdue_critical", timedelta(hours=24), "h", proposed=True),
            Param("overdue_blocks_loan", True),
        ),
    ),
    Rule("keys-23", "custody", f"{K} 2(1)②", basis="implied"),
    Rule(
        "keys-24", "approval", f"{K} 2(1)①", basis="implied",
        params=(Param("contractor_sponsor", "required", proposed=True, choices=("required",)),),
        structure=f"{_TESTS}loans.py::test_contractor_borrows_through_a_member_of_staff",
    ),
    Rule(
        "keys-25", "approval", f"{K} 2(1)①", basis="gap",
        params=(Param("owner_consent", "required", proposed=True, choices=("required", "waived")),),
    ),
    Rule(
        "keys-26", "approval", f"{K} 3(2)②", basis="gap",
        params=(Param("owner_copy_consent", "required", proposed=True, choices=("required", "waived")),),
    ),
    Rule(
        "keys-27", "schedule", f"{K} 2(1)", basis="implied",
        params=(
            Param("count_full", 1, "per month", proposed=True),
            Param("count_spot", 1, "per day", proposed=True),
            Param("count_spot_rings", 10, "rings", proposed=True),
        ),
    ),
    Rule(
        "keys-28", "custody", f"{K} 2(1)", basis="implied",
        params=(Param("handover_count", "full", proposed=True, choices=("full",)),),
    ),
    Rule(
        "keys-29", "deadline", K, basis="gap",
        params=(
            Param("loss_report_due", timedelta(hours=1), "h", proposed=True),
            Param("lock_change_due", timedelta(hours=24), "h", proposed=True),
        ),
    ),
    Rule("keys-30", "custody", f"{K} 2(1)", basis="implied", params=(Param("leave_block", True, proposed=True),)),
    Rule(
        "keys-31", "retention", "001 · 客服的制度 4 · 住户档案管理规定 1(1)",
        (Param("retention", "archive", choices=("archive",)),),
    ),
    Rule("keys-32", "checklist", "003 · 客服管理方案 10 四.2; 004 · 第一篇 四.2"),
)  # fmt: skip
