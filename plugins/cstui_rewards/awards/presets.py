"""The awards of the regulations with their criteria. What one is asked stands in `rewards.criterion.NAME`."""

from __future__ import annotations

from dataclasses import dataclass

from cstui_rewards.kinds import AwardKind, Comparison, CriterionKind

METRIC, WITNESS, JUDGMENT = CriterionKind.METRIC, CriterionKind.WITNESS, CriterionKind.JUDGMENT
LESS, AT_MOST, AT_LEAST, TOP = Comparison.LESS, Comparison.AT_MOST, Comparison.AT_LEAST, Comparison.TOP


@dataclass(frozen=True, slots=True)
class Asked:
    """A criterion: its name, its rule, how it is known, by which fact and figure."""

    name: str
    rule: str
    kind: CriterionKind
    metric: str = ""
    op: Comparison = Comparison.NONE
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Preset:
    code: str
    name: str
    purpose: str
    criteria: tuple[Asked, ...]
    kind: AwardKind = AwardKind.INDIVIDUAL


BASE = (
    Asked("no_discipline", "rewards-11", METRIC, "discipline.case_count", AT_MOST, "base_discipline_cases_max"),
    Asked("culture", "rewards-11", JUDGMENT),
    Asked("never_late", "rewards-12", METRIC, "attendance.late_count", AT_MOST, "base_late_max"),
    Asked("never_left_early", "rewards-12", METRIC, "attendance.early_leave_count", AT_MOST, "base_early_leave_max"),
    Asked("nothing_private", "rewards-12", METRIC, "discipline.offtask_count", AT_MOST, "base_offtask_max"),
    Asked("cooperates", "rewards-13", JUDGMENT),
    Asked("ideas", "rewards-14", METRIC, "ideas.count", AT_LEAST, "base_ideas_min"),
)
"""What every individual award asks; ideas only where the site requires them."""
PRESETS = (
    Preset(
        "service_star", "服务之星", "服务技能出色，带动全班组",
        (
            *BASE,
            Asked("no_principle_errors", "rewards-15", METRIC, "quality.principle_errors", AT_MOST,
                  "service_star_principle_errors_max"),
            Asked("coached", "rewards-15", WITNESS, op=AT_LEAST, figure="service_star_coached_min"),
            Asked("model_chat", "rewards-15", JUDGMENT),
            Asked("no_operation_faults", "rewards-16", METRIC, "quality.operation_faults", AT_MOST,
                  "service_star_operation_faults_max"),
            Asked("guides", "rewards-16", WITNESS),
            Asked("best_rating", "rewards-17", METRIC, "quality.rating", TOP),
            Asked("enough_ratings", "rewards-17", METRIC, "quality.rating_count", AT_LEAST, "service_star_ratings_min"),
            Asked("no_complaint", "rewards-17", METRIC, "complaints.count", AT_MOST, "service_star_complaints_max"),
        ),
    ),
    Preset(
        "sales_ace", "销售能手", "完成目标，业绩第一",
        (
            *BASE,
            Asked("target", "rewards-18", METRIC, "performance.target_percent", AT_LEAST, "sales_ace_target_min"),
            Asked("first_in_sales", "rewards-18", METRIC, "performance.sales", TOP),
            Asked("few_refunds", "rewards-18", METRIC, "performance.refund_rate", LESS, "sales_ace_refund_rate_lt"),
            Asked("coached", "rewards-19", WITNESS, op=AT_LEAST, figure="sales_ace_coached_min"),
            Asked("model_conversion", "rewards-19", JUDGMENT),
        ),
    ),
    Preset(
        "newcomer", "最佳新人", "融入快、肯钻研的新同事",
        (
            *BASE,
            Asked("tenure", "rewards-20", METRIC, "rewards.tenure_months", AT_MOST, "newcomer_tenure_max"),
            Asked("no_operation_faults", "rewards-20", METRIC, "quality.operation_faults", AT_MOST,
                  "newcomer_operation_faults_max"),
            Asked("blends_in", "rewards-20", JUDGMENT),
            Asked("guides", "rewards-20", WITNESS),
            Asked("proposals", "rewards-21", METRIC, "ideas.accepted_count", AT_LEAST, "newcomer_proposals_min"),
        ),
    ),
    Preset(
        "bee", "辛勤小蜜蜂", "勤奋好学，乐于助人",
        (
            *BASE,
            Asked("diligent", "rewards-22", JUDGMENT), Asked("learns", "rewards-22", JUDGMENT),
            Asked("helps", "rewards-22", JUDGMENT),
            Asked("confirmed", "rewards-22", WITNESS, op=AT_LEAST, figure="bee_witnesses_min"),
        ),
    ),
    Preset(
        "lecturer", "优秀讲师", "备课认真，课堂反馈好",
        (
            Asked("best_score", "rewards-28", METRIC, "training.lecturer_score", TOP),
            Asked("score", "rewards-28", METRIC, "training.lecturer_score", AT_LEAST, "lecturer_score_min"),
            Asked("valid_ratings", "rewards-28", METRIC, "training.valid_ratings", AT_LEAST,
                  "lecturer_valid_ratings_min"),
            Asked("students_benefit", "rewards-28", JUDGMENT),
        ),
        AwardKind.LECTURER,
    ),
)  # fmt: skip
