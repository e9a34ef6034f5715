"""The rules of workplace order that this area holds, with the figures a site may set under `[hygiene]`.

Points of an inspection are whole points here; scores are kept in hundredths.
"""

from __future__ import annotations

from datetime import timedelta

from cstui.api import Param, Rule

S1, S2, S4, S6 = (f"001 · 客服的制度 {number}" for number in (1, 2, 4, 6))
WORK, ORDER, CLEAN = f"{S2} · 现场规范化标准", f"{S2} · 场管现理制度", f"{S2} · 卫生管理制度"
CHANGING, PLANTS = f"{S2} · 更衣室的管理", f"{S2} · 对机房内花草的管理"
OFFICE, VISITS = f"{S4} · 办公环境管理规定", f"{S4} · 接待来访客户管理规定"
TEN, FIRST, SIX, STORE = "003 §10", "004 · 第一篇", "003 §6 (一)", "003 §3 · 1.4.1"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def points(name: str, worth: int) -> Param:
    """What an item of an inspection is worth; no regulation says it."""
    return Param(name, worth, "pts", proposed=True)


RULES = (
    Rule(
        "hygiene-01", "schedule", f"{S1} · 一、客服部卫生制度 1.1); {OFFICE} 3",
        (Param("office_day_start", "08:00"), Param("office_day_end", "18:00", proposed=True)),
    ),
    Rule(
        "hygiene-02", "deadline", f"{OFFICE} 3",
        (Param("open_clean_due", "shift_start", choices=("shift_start", "office_day_start")),),
    ),
    Rule(
        "hygiene-03", "checklist", f"{S1} · 一 1.1)①; {OFFICE} 4; {TEN} 三.2; {FIRST} 三.2",
        (points("floor_points", 15), points("dead_corner_points", 10)),
    ),
    Rule(
        "hygiene-04", "checklist",
        f"{S1} · 一 1.1)②; 002 · 客户服务部日常管理要求及规章制度 四.1; {TEN} 三.1; {FIRST} 三.1; 004 · 第二篇 四.1",
        (points("desk_points", 15),),
    ),
    Rule(
        "hygiene-05", "prohibition", f"{S1} · 一 1.2); {OFFICE} 6",
        (Param("litter_defect_due", minutes(10), "min", proposed=True),),
    ),
    Rule(
        "hygiene-06", "deadline", f"{TEN} 三.2; {FIRST} 三.2",
        (Param("dropped_item_due", minutes(10), "min", proposed=True),),
    ),
    Rule(
        "hygiene-07", "checklist", f"{S1} · 一 2; {TEN} 三.1, 四.2; {FIRST} 三.1, 四.2; {CLEAN} 二.1",
        (points("equipment_points", 10),),
    ),
    Rule(
        "hygiene-08", "schedule", f"{TEN} 三.7; {FIRST} 三.7",
        (
            Param("personal_desk_frequency", 1, "per day on duty"),
            Param("personal_check_misses_warn", 3, "per month", proposed=True),
        ),
    ),
    Rule(
        "hygiene-09", "schedule", f"{TEN} 三.3; {FIRST} 三.3",
        (Param("self_check_due", minutes(15), "min after the shift begins", proposed=True),),
    ),
    Rule(
        "hygiene-10", "schedule", f"{TEN} 三.6; {FIRST} 三.6",
        (
            Param("rota_algorithm", "round_robin", choices=("round_robin", "manual")),
            Param("rota_publish_before", 3, "days", proposed=True),
            Param("rota_lookahead", 1, "day", proposed=True),
        ),
    ),
    Rule(
        "hygiene-11", "schedule", f"{TEN} 三.6; {FIRST} 三.6",
        (Param("close_clean_due", "last_shift_end", choices=("last_shift_end", "office_day_end")),),
    ),
    Rule(
        "hygiene-12", "checklist", f"{S1} · 二.2.4); {WORK} 5; {TEN} 二.3; {FIRST} 二.3", (points("chair_points", 5),),
    ),
    Rule("hygiene-13", "checklist", f"{OFFICE} 5; {TEN} 二.3; {FIRST} 二.3", (points("return_points", 5),)),
    Rule(
        "hygiene-14", "checklist", f"{WORK} 3; {TEN} 二.2; {FIRST} 二.2",
        (Param("layout_monitor", "right", choices=("right", "left")), points("layout_monitor_points", 2)),
    ),
    Rule(
        "hygiene-15", "checklist", f"{WORK} 3",
        (Param("layout_headset", "right", choices=("right", "left")), points("layout_headset_points", 2)),
    ),
    Rule(
        "hygiene-16", "checklist", f"{WORK} 4",
        (Param("layout_notebook", "site_defined"), points("layout_notebook_points", 2)),
    ),
    Rule("hygiene-17", "checklist", f"{WORK} 6", (points("alignment_points", 4),)),
    Rule(
        "hygiene-18", "prohibition", f"{ORDER} 6; {OFFICE} 4; {TEN} 二.2; {FIRST} 二.2",
        (points("foreign_item_points", 5),),
    ),
    Rule(
        "hygiene-19", "prohibition", f"{ORDER} 7",
        (
            points("move_points", 3), points("keyboard_points", 2),
            Param("graffiti_severity", "warning", choices=("critical", "warning", "info")),
        ),
    ),
    Rule(
        "hygiene-20", "prohibition", f"{ORDER} 12",
        (Param("peel_severity", "warning", choices=("critical", "warning", "info")),),
    ),
    Rule(
        "hygiene-21", "checklist", f"{CLEAN} 二.2; {S6} · 第一条(一)7",
        (points("window_points", 5), Param("window_clean_frequency", 1, "per week", proposed=True)),
    ),
    Rule("hygiene-22", "checklist", f"{CLEAN} 二.4", (points("board_points", 3),)),
    Rule("hygiene-23", "checklist", f"{CLEAN} 二.3; {TEN} 三.4; {FIRST} 三.4", (points("dress_points", 5),)),
    Rule("hygiene-24", "checklist", f"{CHANGING} 3", (points("appearance_points", 3),)),
    Rule(
        "hygiene-25", "schedule", f"{CHANGING} 5",
        (
            Param("changing_room_weekday", "Monday", choices=WEEKDAYS),
            Param("changing_room_owner", "team leader on duty", choices=("team leader on duty",)),
            Param("changing_room_shift", "first", proposed=True, choices=("first", "last")),
        ),
    ),
    Rule(
        "hygiene-26", "custody", f"{CHANGING} 2; {S6} · 第一条(一)7", (Param("locker_required", True),),
    ),
    Rule(
        "hygiene-27", "custody", f"{CHANGING} 4; {TEN} 三.5; {FIRST} 三.5", (points("locker_lock_points", 2),),
    ),
    Rule("hygiene-28", "checklist", f"{CHANGING} 1", (points("quiet_points", 1),)),
    Rule(
        "hygiene-29", "schedule", f"{PLANTS} 1",
        (
            Param("water_owner", "day_shift", choices=("day_shift",)),
            Param("water_frequency", 1, "per day", proposed=True),
        ),
    ),
    Rule(
        "hygiene-30", "schedule", f"{PLANTS} 2",
        (
            Param("leaf_clean_weekday", "Friday", choices=WEEKDAYS),
            Param("leaf_clean_owner", "day_shift", choices=("day_shift",)),
        ),
    ),
    Rule(
        "hygiene-31", "checklist", f"{S6} · 第一条(一)7", (points("frontage_points", 3), points("lights_points", 2)),
    ),
    Rule(
        "hygiene-32", "deadline", f"{VISITS} 3", (Param("reception_clean_due", minutes(10), "min", proposed=True),),
    ),
    Rule(
        "hygiene-33", "schedule", f"{S4} · 会议制度管理规定 1 专题会议、培训会议②",
        (Param("meeting_clean_owner", "host_team", choices=("host_team",)),),
    ),
    Rule("hygiene-34", "schedule", STORE, (Param("warehouse_sweep_frequency", 1, "per day"),)),
    Rule("hygiene-35", "schedule", STORE, (Param("warehouse_clear_due", minutes(30), "min", proposed=True),)),
    Rule(
        "hygiene-36", "checklist", "004 · 第四篇 客服工作职责(5) 辅助工作 1",
        (Param("shop_areas", 6, "areas"), Param("shop_spot_checks", 2, "per day", proposed=True)),
    ),
    Rule(
        "hygiene-37", "schedule", f"{SIX} 1", (Param("duty_officers_per_day", 1, "per day"),),
    ),
    Rule(
        "hygiene-38", "schedule", f"{SIX} 1",
        (Param("field_groups", 5, "groups"), Param("field_group_frequency", 1, "per week")),
    ),
    Rule("hygiene-39", "schedule", f"{SIX} 1", (Param("bill_removal_owner", "named", choices=("named",)),)),
    Rule("hygiene-40", "deadline", f"{SIX} 1", (Param("field_record_due", "24:00", proposed=True),)),
    Rule(
        "hygiene-41", "computation", f"{SIX} 2",
        (
            Param("appraisal_period", "month", proposed=True, choices=("month", "week")),
            Param("appraisal_commend_rank", 1, proposed=True),
            Param("appraisal_pass_score", 80, "pts", proposed=True),
            Param("missed_deduction", 2, "pts", proposed=True),
        ),
    ),
    Rule("hygiene-42", "custody", f"{SIX} 2", (Param("monitors_min", 1, "per team", proposed=True),)),
    Rule("hygiene-43", "custody", f"{SIX} 3", (Param("green_plot_keepers", 1, "per plot", proposed=True),)),
    Rule("hygiene-44", "prohibition", f"{OFFICE} 8"),
    Rule("hygiene-45", "checklist", f"{VISITS} 2", (points("aid_points", 2),)),
    Rule("hygiene-46", "checklist", f"{OFFICE} 2; {S6} · 第一条(一)1"),
    Rule(
        "hygiene-47", "deadline", f"{SIX} 2; {S2} · 安全保密制度 6", basis="implied",
        params=(
            Param("defect_due", 1, "workday", proposed=True),
            Param("defect_critical_days", 3, "days", proposed=True),
            Param("inspection_due", "16:00", proposed=True),
        ),
    ),
)  # fmt: skip
