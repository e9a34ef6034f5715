"""The rules of confidentiality that this area holds, with the figures a site may set under `[confidentiality]`."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from cstui.api import Param, Rule

NINE = "001 · 客服的制度 9"
CIRCLE, MEASURES, ENDS = f"{NINE} · 第二章", f"{NINE} · 第三章", f"{NINE} · 第四章"
SYSTEM, DUTY = "001 · 客服的制度 2 · 安全保密制度", "001 · 客服的制度 2 · 值班制度 6"
DESK = "003 §10 五.5; 004 第一篇 五.5"
CUSTOMERS = "002 · 公司客户服务管理规章制度(优化版) 2.3"

_TESTS = "tests/areas/test_confidentiality_"


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def hours(count: int) -> timedelta:
    return timedelta(hours=count)


def days(count: int) -> timedelta:
    return timedelta(days=count)


RULES = (
    Rule("confidentiality-01", "confidentiality", f"{CIRCLE} 1–12", (Param("categories", 12, "entries"),)),
    Rule(
        "confidentiality-02", "confidentiality",
        f"{NINE} · 第一章 2–3; 001 · 客服的制度 7 · 4, 13; 000 · 客服管理制度文件 第五条",
        (Param("undertaking_renewal", 365, "days", proposed=True),),
    ),
    Rule(
        "confidentiality-03", "approval", f"{MEASURES} 1", (Param("disclosure_approver", ("supervisor",), "roles"),),
    ),
    Rule(
        "confidentiality-04", "confidentiality", f"{MEASURES} 2; {SYSTEM} 1; {DUTY}",
        (
            Param("customer_data_third_party", "never", choices=("never", "with_approval")),
            Param("legal_duty", ("department_head",), "roles"),
        ),
    ),
    Rule(
        "confidentiality-05", "checklist", f"{MEASURES} 3", (Param("verify_factors_min", 2, "factors", proposed=True),),
    ),
    Rule(
        "confidentiality-06", "confidentiality", f"{MEASURES} 4",
        (Param("embargo_default", "until_published", choices=("until_published", "none")),),
    ),
    Rule(
        "confidentiality-07", "prohibition", f"{MEASURES} 5",
        (
            Param("account_sharing", "forbidden_without_grant", choices=("forbidden_without_grant", "forbidden")),
            Param("use_approver", ("supervisor", "department_head"), "roles", proposed=True),
        ),
    ),
    Rule(
        "confidentiality-08", "limit", f"{MEASURES} 6",
        (
            Param("grace_before_shift", minutes(10), "min", proposed=True),
            Param("grace_after_shift", minutes(60), "min", proposed=True),
            Param("off_duty_approver", ("supervisor", "department_head"), "roles", proposed=True),
        ),
    ),
    Rule(
        "confidentiality-09", "prohibition", f"{MEASURES} 7",
        (Param("watched_channels", ("forum", "microblog", "group_chat")),),
    ),
    Rule(
        "confidentiality-10", "confidentiality", f"{MEASURES} 8",
        (Param("flaw_report_due", hours(1), "h", proposed=True),),
    ),
    Rule(
        "confidentiality-11", "prohibition", f"{MEASURES} 9",
        (Param("upload", "forbidden", choices=("forbidden", "with_approval")), Param("handover_needs_approval", True)),
    ),
    Rule("confidentiality-12", "prohibition", f"{MEASURES} 10", (Param("customer_login_needs_ticket", True),)),
    Rule("confidentiality-13", "approval", f"{MEASURES} 11", (Param("modify_approver", ("supervisor",), "roles"),)),
    Rule(
        "confidentiality-14", "limit", f"{MEASURES} 12",
        (
            Param("query_without_ticket_max", 0, "per shift"),
            Param("query_rows_warn", 100, "rows", proposed=True),
            Param("query_zscore_warn", Decimal("3.0"), proposed=True),
            Param("baseline_days", 30, "days"),
            Param("baseline_days_min", 10, "days", proposed=True),
        ),
    ),
    Rule("confidentiality-15", "approval", f"{MEASURES} 12"),
    Rule(
        "confidentiality-16", "approval", f"{MEASURES} 13",
        (Param("export_approver", ("supervisor",), "roles"), Param("export_valid", hours(24), "h", proposed=True)),
    ),
    Rule("confidentiality-17", "approval", f"{MEASURES} 14", (Param("certifier", ("account_custodian",), "roles"),)),
    Rule(
        "confidentiality-18", "prohibition", f"{MEASURES} 14",
        (Param("blocked_download_severity", "warning", choices=("critical", "warning", "info")),),
    ),
    Rule(
        "confidentiality-19", "schedule", f"{MEASURES} 14",
        (
            Param("scan_frequency", 1, "per day"),
            Param("scan_due", "18:00", proposed=True),
            Param("signature_max_age", 7, "days", proposed=True),
        ),
    ),
    Rule(
        "confidentiality-20", "deadline", f"{MEASURES} 15",
        (Param("destroy_after_use_due", 1, "workday", proposed=True), Param("witnesses", 1, "persons", proposed=True)),
    ),
    Rule(
        "confidentiality-21", "custody", f"{MEASURES} 16",
        (Param("account_holder", 1, "persons", proposed=True), Param("revoke_on_leave", "24:00", proposed=True)),
    ),
    Rule(
        "confidentiality-22", "limit", f"{MEASURES} 16",
        (
            Param("password_strength_min", 3, "of 4", proposed=True),
            Param("password_length_min", 12, "chars", proposed=True),
            Param("password_max_age", 90, "days", proposed=True),
        ),
    ),
    Rule("confidentiality-23", "penalty", f"{MEASURES} 16", (Param("liability", "holder", choices=("holder",)),)),
    Rule("confidentiality-24", "prohibition", f"{MEASURES} 17"),
    Rule("confidentiality-25", "prohibition", f"{MEASURES} 17"),
    Rule(
        "confidentiality-26", "penalty", f"{MEASURES} 18; {ENDS} 2(2), 3",
        (Param("sale_outcome", "dismissal", choices=("dismissal",)), Param("sale_legal_review", True)),
    ),
    Rule(
        "confidentiality-27", "deadline", f"{MEASURES} 19; {ENDS} 1",
        (Param("leak_report_due", hours(24), "h", proposed=True),),
    ),
    Rule(
        "confidentiality-28", "penalty", f"{MEASURES} 19",
        (
            Param(
                "silence_outcome", "severe_warning_and_bonus", proposed=True,
                choices=("severe_warning_and_bonus", "dismissal"),
            ),
        ),
    ),
    Rule(
        "confidentiality-29", "penalty", f"{ENDS} 1(1)",
        (
            Param("tier1_bonus_withheld", 100, "%", proposed=True),
            Param("case_decider", ("department_head",), "roles", proposed=True),
        ),
    ),
    Rule("confidentiality-30", "penalty", f"{ENDS} 1(2)"),
    Rule("confidentiality-31", "penalty", f"{ENDS} 1(3)"),
    Rule(
        "confidentiality-32", "penalty", f"{ENDS} 2(1)",
        (
            Param("major_loss", Decimal(10000), "CNY", proposed=True),
            Param("loss_basis", "net", proposed=True, choices=("net", "gross")),
            Param("damages", "decided", choices=("decided",)),
        ),
    ),
    Rule("confidentiality-33", "penalty", f"{ENDS} 2(2)"),
    Rule("confidentiality-34", "penalty", f"{ENDS} 3; {MEASURES} 18"),
    Rule(
        "confidentiality-35", "reward", f"{ENDS} 4; {MEASURES} 19",
        (Param("leak_report_award", Decimal(100), "CNY", proposed=True),),
    ),
    Rule(
        "confidentiality-36", "reward", f"{ENDS} 5",
        (
            Param("recovery_award", Decimal(0), "CNY", proposed=True),
            Param("recovery_points", 5, "pts", proposed=True),
        ),
    ),
    Rule(
        "confidentiality-37", "custody", "000 · 客服管理制度文件 第二十条",
        (
            Param("removal_approver", ("supervisor",), "roles"),
            Param("removal_due_back", 1, "workday", proposed=True),
        ),
    ),
    Rule(
        "confidentiality-38", "confidentiality",
        "000 · 客服管理制度文件 第十九条; 000 · 客服部管理规章制度 第四条2; 001 · 客服的制度 7 · 4; "
        "002 · 客户服务部门管理制度 第十六条; 002 · 客户服务部管理制度 第十五条; 002 · 客户服务部内部管理制度 6",
        structure=f"{_TESTS}cases.py::test_divulging_and_indiscipline_are_grounds_of_a_case",
    ),
    Rule(
        "confidentiality-39", "confidentiality",
        f"000 · 客服部管理规章制度 第一条3; 002 · 客户服务部门管理制度 第九条; {CUSTOMERS}(1)",
    ),
    Rule("confidentiality-40", "limit", f"{CUSTOMERS}(2)", (Param("view_purpose_required", True),)),
    Rule(
        "confidentiality-41", "schedule", f"{CUSTOMERS}(3)",
        structure=f"{_TESTS}reading.py::test_customers_are_known_by_number_only_so_nothing_of_theirs_grows_old_here",
    ),
    Rule(
        "confidentiality-42", "checklist", "002 · 客户服务中心管理制度 七.1; 001 · 客服的制度 7 · 13",
        (Param("policy_review", 365, "days", proposed=True),),
    ),
    Rule(
        "confidentiality-43", "confidentiality", DESK, (Param("need_to_know", "readers", choices=("readers",)),),
    ),
    Rule("confidentiality-44", "checklist", DESK, (Param("clear_desk_points", 5, "pts", proposed=True),)),
    Rule(
        "confidentiality-45", "prohibition", "003 §10 二.4; 004 第一篇 二.4",
        (Param("outsider_approval", ("supervisor",), "roles"),),
    ),
    Rule(
        "confidentiality-46", "schedule", f"{SYSTEM} 6",
        (
            Param("document_control_check", 7, "days", proposed=True),
            Param("sample_size", 5, "assets", proposed=True),
            Param("leadership_review", 182, "days", proposed=True),
        ),
    ),
    Rule(
        "confidentiality-47", "confidentiality", f"{SYSTEM} 1–2; 001 · 客服的制度 2 · 场管现理制度 4; {DUTY}",
        structure=f"{_TESTS}cases.py::test_divulging_and_indiscipline_are_grounds_of_a_case",
    ),
    Rule(
        "confidentiality-48", "deadline", "001 · 客服的制度 2 · 1",
        (Param("leak_told_to", ("department_head",), "roles", proposed=True),),
    ),
    Rule(
        "confidentiality-49", "confidentiality", "004 第五篇 第二则 行为准则(4)",
        structure=f"{_TESTS}scope.py::test_the_four_kinds_of_secrets_are_in_the_preset",
    ),
    Rule("confidentiality-50", "prohibition", "001 · 客服的制度 4 · 住户档案管理规定 3(3)"),
    Rule(
        "confidentiality-51", "confidentiality", "001 · 客服的制度 10 · 六.2",
        structure=f"{_TESTS}reading.py::test_nothing_links_an_anonymous_row_to_a_person",
    ),
    Rule(
        "confidentiality-52", "approval", f"{NINE} · 第一章 3",
        (
            Param("rule_change_approver", ("company_leader",), "roles"),
            Param("approval_wait", hours(4), "h", proposed=True),
            Param("import_max_age", hours(24), "h", proposed=True),
            Param("finding_due", 3, "workdays", proposed=True),
            Param("finding_critical", 7, "days", proposed=True),
        ),
    ),
)  # fmt: skip
