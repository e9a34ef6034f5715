"""The rules of rewards that this area holds, with the figures a site may set under `[rewards]`.

Sums are CNY, points whole points, rates per cent.
"""

from __future__ import annotations

from decimal import Decimal

from cstui.api import Param, Rule

TEN = "001 · 客服的制度 10"
EIGHT = "001 · 客服的制度 8"
_TESTS = "tests/areas/test_rewards_"
H, H1 = "002 · 营业班团队管理制度", "002 · 营业班团队管理制度 附件一"
STAR, ACE, NEWCOMER, BEE = (f"{TEN} · 三.1 {letter}" for letter in "ABCD")


def yuan(name: str, amount: int, proposed: bool = False) -> Param:
    return Param(name, Decimal(amount), "CNY", proposed=proposed)


def most(name: str, count: int = 0, unit: str = "per month") -> Param:
    """How many there may be at most."""
    return Param(name, count, unit)


RULES = (
    Rule("rewards-01", "checklist", f"{TEN} · 一", (Param("award_review", 365, "days", proposed=True),)),
    Rule("rewards-02", "approval", f"{TEN} · 二.1", (Param("award_adopter", ("department_head",), "roles"),)),
    Rule(
        "rewards-03", "approval", f"{TEN} · 二.1",
        (
            Param("proposer", "any_staff", choices=("any_staff",)),
            Param("proposal_answer_due", 10, "workdays", proposed=True),
        ),
    ),
    Rule(
        "rewards-04", "checklist", f"{TEN} · 二.1", (Param("criteria_visible", "all_staff", choices=("all_staff",)),),
    ),
    Rule(
        "rewards-05", "checklist", f"{TEN} · 二.1",
        (Param("cases_min", 1, "cases", proposed=True), Param("reason_min", 20, "chars", proposed=True)),
    ),
    Rule("rewards-06", "computation", f"{TEN} · 二.1", (Param("scope", "department", choices=("department",)),)),
    Rule(
        "rewards-07", "checklist", f"{TEN} · 二.2",
        structure=f"{_TESTS}nominations.py::test_attitude_is_somebodys_judgment_with_a_sentence",
    ),
    Rule(
        "rewards-08", "schedule", f"{TEN} · 二.2",
        (
            Param("round_frequency", 1, "per month"),
            Param("round_open_day", 1, "day of the month", proposed=True),
            Param("round_open_warn", 5, "day of the month", proposed=True),
        ),
    ),
    Rule("rewards-09", "reward", f"{TEN} · 二.2"),
    Rule(
        "rewards-10", "computation", f"{TEN} · 三.1",
        (Param("dimension_weights", ("1", "1", "1", "1", "1", "1"), "parts", proposed=True),),
    ),
    Rule("rewards-11", "limit", f"{TEN} · 三.1(1)", (most("base_discipline_cases_max"),)),
    Rule(
        "rewards-12", "limit", f"{TEN} · 三.1(2)",
        (most("base_late_max"), most("base_early_leave_max"), most("base_offtask_max")),
    ),
    Rule("rewards-13", "checklist", f"{TEN} · 三.1(3)"),
    Rule(
        "rewards-14", "checklist", f"{TEN} · 三.1(4)",
        (Param("base_ideas_required", False), Param("base_ideas_min", 1, "per month", proposed=True)),
    ),
    Rule(
        "rewards-15", "reward", f"{STAR}(1)",
        (most("service_star_principle_errors_max"), Param("service_star_coached_min", 1, "persons", proposed=True)),
    ),
    Rule("rewards-16", "reward", f"{STAR}(2)", (most("service_star_operation_faults_max"),)),
    Rule(
        "rewards-17", "reward", f"{STAR}(3)",
        (
            Param("service_star_ratings_min", 5, "ratings", proposed=True),
            most("service_star_complaints_max"),
            Param("count_unfounded", False, proposed=True),
        ),
    ),
    Rule(
        "rewards-18", "reward", f"{ACE}(1)",
        (
            Param("sales_ace_target_min", Decimal(100), "%"),
            Param("sales_ace_refund_rate_lt", Decimal("6.0"), "%"),
            Param("refund_basis", "orders", proposed=True, choices=("orders", "amount")),
        ),
    ),
    Rule("rewards-19", "reward", f"{ACE}(2)", (Param("sales_ace_coached_min", 1, "persons", proposed=True),)),
    Rule(
        "rewards-20", "reward", f"{NEWCOMER}(1)",
        (most("newcomer_operation_faults_max"), Param("newcomer_tenure_max", 6, "months", proposed=True)),
    ),
    Rule("rewards-21", "reward", f"{NEWCOMER}(2)", (Param("newcomer_proposals_min", 3, "per month"),)),
    Rule("rewards-22", "reward", f"{BEE}(1)–(3)", (Param("bee_witnesses_min", 2, "persons", proposed=True),)),
    Rule(
        "rewards-23", "limit", f"{TEN} · 四.4",
        (
            Param("quota_per", 10, "persons"),
            Param("quota_rounding", "floor", proposed=True, choices=("floor", "ceil")),
            Param("quota_min", 1, "places", proposed=True),
            Param("winners_per_award", "one", proposed=True, choices=("one", "quota")),
        ),
    ),
    Rule(
        "rewards-24", "deadline", f"{TEN} · 四.2",
        (
            Param("nominate_before_day", 25, "day of the month"),
            Param("nominate_inclusive", False),
            Param("remind_days", ("5", "2", "0"), "days", proposed=True),
            Param("witness_days", 2, "workdays", proposed=True),
        ),
    ),
    Rule(
        "rewards-25", "approval", f"{TEN} · 四.3",
        (
            Param("opinions_advisory", True),
            Param("tie_break", ("metric", "cross_department", "internal", "seniority"), proposed=True),
            Param("opinion_days", 3, "workdays", proposed=True),
        ),
    ),
    Rule(
        "rewards-26", "approval", f"{TEN} · 四.1",
        (
            Param("internal_vote", "advisory", choices=("advisory",)),
            Param("ballots_per_voter", 1, "per award", proposed=True),
        ),
    ),
    Rule(
        "rewards-27", "approval", f"{TEN} · 四.4",
        (
            Param("leader_role", ("team_leader",), "roles"),
            Param("chief_role", ("supervisor",), "roles"),
            Param("head_role", ("department_head",), "roles"),
            Param("distinct_persons", True, proposed=True),
            Param("review_due", 2, "workdays", proposed=True),
            Param("approve_due", 5, "day of the month", proposed=True),
        ),
    ),
    Rule(
        "rewards-28", "reward", f"{TEN} · 三.3",
        (
            Param("lecturer_score_min", Decimal(85), "pts"),
            Param("lecturer_valid_ratings_min", 5, "ratings", proposed=True),
        ),
    ),
    Rule(
        "rewards-29", "reward", f"{TEN} · 五.1 A",
        (yuan("individual_cash", 100), yuan("gift_value_max", 100), yuan("gift_tolerance", 0, proposed=True)),
    ),
    Rule("rewards-30", "reward", f"{TEN} · 五.1 B", (Param("individual_points", Decimal(5), "pts"),)),
    Rule("rewards-31", "reward", f"{TEN} · 五.1 C", (Param("certificates", 1, "per award"),)),
    Rule(
        "rewards-32", "reward", f"{TEN} · 三.3, 五", basis="gap",
        params=(
            Param("lecturer_grant", "same_as_individual", proposed=True, choices=("same_as_individual", "none")),
        ),
    ),
    Rule(
        "rewards-33", "custody", f"{TEN} · 六.1",
        (
            Param("award_keeper", ("assistant",), "roles"),
            Param("publicity_days", 3, "days", proposed=True),
            Param("grant_due", 10, "day of the month", proposed=True),
        ),
    ),
    Rule("rewards-34", "confidentiality", f"{TEN} · 六.2", (Param("whistle_open", 30, "days", proposed=True),)),
    Rule(
        "rewards-35", "reward", f"{TEN} · 六.3",
        (
            Param("shortlist_points", Decimal(2), "pts"),
            Param("shortlist_points_stack", True),
            Param("shortlist_once_per_month", True, proposed=True),
        ),
    ),
    Rule("rewards-36", "computation", f"{TEN} · 六.4; {EIGHT} · 四.3F, 四.4G"),
    Rule(
        "rewards-37", "computation", f"{EIGHT} · 四.3F, 四.4G",
        (Param("excellent_agent_titles", ("service_star", "sales_ace", "newcomer", "bee"), proposed=True),),
    ),
    Rule("rewards-38", "confidentiality", f"{TEN} · 六.2", (Param("min_ballots_shown", 3, "ballots", proposed=True),)),
    Rule(
        "rewards-39", "confidentiality", f"{EIGHT} · 五.2",
        structure=f"{_TESTS}opinions.py::test_the_urn_serves_any_vote_by_its_numbers",
    ),
    Rule(
        "rewards-40", "reward",
        "000 · 客服部管理规章制度 第五条1; 000 · 客服管理制度文件 第十六–十七条; 002 · 客户服务中心管理制度 六.2; "
        "002 · 客服部团队公约 四.3; 002 · 内部管理制度 5; 002 · 优化版 3.1(3); 002 · 客户服务部门的工作管理制度 五.1; "
        "003 §4 五.2; 003 §7 1(3); 001 · 客服的制度 7 · 7",
        (Param("publish_boards", ("company", "department", "team")),),
    ),
    Rule(
        "rewards-41", "approval", "000 · 《客服部管理规章制度》规章制度 第八条",
        (Param("scheme_owner", ("supervisor",), "roles"),),
    ),
    Rule(
        "rewards-42", "schedule", "001 · 客服的制度 2 · 客服部会议制度 3",
        (Param("meeting_report", "monthly", choices=("monthly",)),),
        structure=f"{_TESTS}granting.py::test_the_page_for_the_monthly_meeting",
    ),
    Rule("rewards-43", "reward", f"{H} · 第四条(二)2", (Param("praise_points", Decimal(1), "pts", proposed=True),)),
    Rule("rewards-44", "reward", f"{H} · 第四条(二)2"),
    Rule("rewards-45", "reward", f"{H} · 第四条(二)3", (Param("quarter_board", True),)),
    Rule("rewards-46", "reward", f"{H} · 第五条(一)"),
    Rule("rewards-47", "limit", f"{H} · 第五条(二)", (Param("veto_annual", True),)),
    Rule(
        "rewards-48", "limit", "003 §2 二.6",
        (
            Param("attendance_vetoes", False), Param("award_max_personal", 10, "days a term"),
            Param("award_max_sick", 30, "days a term"),
        ),
    ),
    Rule(
        "rewards-49", "schedule", f"{H1} 三(一)", (Param("contest_settle", "quarterly", choices=("quarterly",)),),
    ),
    Rule("rewards-50", "schedule", f"{H1} 二, 四.2", (Param("results_start", "2026-04-01"),)),
    Rule(
        "rewards-51", "reward", f"{H1} 三(一)2",
        (
            Param("share_rounding", "half_up", proposed=True, choices=("half_up", "floor", "ceil")),
            Param("share_min", 1, "places", proposed=True),
            Param("contest_q_rank_max", 3), yuan("contest_q_manager", 300),
            Param("contest_q_share", 30, "%"), yuan("contest_q_staff", 200),
        ),
    ),
    Rule(
        "rewards-52", "reward", f"{H1} 三(一)2",
        (
            Param("mystery_hall_rank_max", 3), yuan("mystery_hall_manager", 300),
            Param("mystery_hall_share", 50, "%"), yuan("mystery_hall_staff", 100),
        ),
    ),
    Rule(
        "rewards-53", "reward", f"{H1} 三(一)2",
        (Param("mystery_channel_rank_max", 3), yuan("mystery_channel_manager", 300)),
    ),
    Rule("rewards-54", "reward", f"{H1} 三(一)1"),
    Rule(
        "rewards-55", "reward", f"{H1} 三(二)a",
        (
            yuan("annual_collective_manager", 500), Param("annual_collective_share", 60, "%"),
            yuan("annual_collective_staff", 300),
        ),
    ),
    Rule(
        "rewards-56", "reward", f"{H1} 三(二)b",
        (
            Param("annual_contest_rank_max", 3), yuan("annual_contest_manager", 300),
            Param("annual_contest_share", 50, "%"), yuan("annual_contest_staff", 200),
        ),
    ),
    Rule(
        "rewards-57", "computation", f"{H1} 三(二)",
        (Param("year_points_weight", 40, "%"), Param("year_performance_weight", 60, "%")),
    ),
    Rule("rewards-58", "limit", f"{H1} 备注", (Param("no_double", "higher", choices=("higher",)),)),
    Rule(
        "rewards-59", "approval", f"{H1} 四.1",
        (Param("fallback", "department_meeting", choices=("department_meeting",)),),
        structure=f"{_TESTS}rounds.py::test_what_isnt_regulated_is_noted_with_the_round",
    ),
    Rule("rewards-60", "reward", "001 · 客服的制度 9 · 第三章 19, 第四章 4–5"),
    Rule("rewards-61", "reward", "001 · 客服的制度 1 · 二.3"),
    Rule("rewards-62", "reward", "003 §9 六.1"),
)  # fmt: skip
