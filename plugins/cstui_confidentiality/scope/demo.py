"""What the sample department keeps secret: fifteen things, a flaw, and one that was entered without a class today."""

from __future__ import annotations

from datetime import timedelta

from cstui_confidentiality.stage import Moments, Part

DAY = timedelta(days=1)
ASSETS = (
    ("客服培训手册（2026 版）", "S06", "paper", "档案柜 A-1", "新员工培训全部课件与话术"),
    ("问题汇总表（本季度）", "S06", "file", "共享盘/客服/汇总", "按周汇总的客户问题与处理口径"),
    ("通话录音索引", "S06", "recording", "录音服务器", "按日期和坐席编排的录音目录"),
    ("客户回访记录册", "S06", "paper", "档案柜 A-2", "回访时间、客户诉求与满意度"),
    ("重点客户资料表", "S04", "file", "共享盘/客服/重点客户", "姓名、电话、地址、充值记录"),
    ("账号找回登记本", "S08", "paper", "保险柜", "找回申请、核验方式与结果"),
    ("后台操作日志备份", "S03", "database", "机房备份盘", "近六个月操作日志"),
    ("论坛管理值班表", "S05", "file", "共享盘/论坛", "版主分工与应急联系方式"),
    ("客服外包合同", "S09", "paper", "档案柜 B-1", "服务范围、价格与违约条款"),
    ("部门年度预算", "S10", "file", "共享盘/财务", "人员、设备与培训费用"),
    ("绩效与工资明细", "S11", "file", "保险柜", "本部门人员工资与绩效"),
    ("活动运营方案", "S02", "file", "共享盘/运营", "冬季活动规则与奖励"),
    ("三期更新说明", "S02", "file", "共享盘/运营", "更新内容与已知问题"),
    ("旧版客户登记表", "S04", "paper", "档案柜 C-1", "停用的纸质登记表"),
    ("上年度投诉复印件", "S06", "paper", "档案柜 C-2", "复印件，原件已归档"),
)  # fmt: skip
PERSONAL = {"S04", "S08", "S11"}


def number(place: int) -> str:
    """The number of the thing at a place of the list."""
    return f"BM-{place + 1:03}"


def moments(part: Part) -> Moments:
    stage, first, today = part.stage, part.stage.first, part.today
    agents = [one.login for one in part.agents]

    async def load() -> None:
        await stage.run("confidentiality.load_categories", {})

    async def enter() -> None:
        rows = [
            {"asset_no": number(at), "title": title, "category": code, "medium": medium, "location": place,
             "content": content, "keeper": keeper(part, at), "personal_data": code in PERSONAL}
            for at, (title, code, medium, place, content) in enumerate(ASSETS)
        ]  # fmt: skip
        rows[11] |= {"embargo_until": stage.moment(today, "18:00")}
        rows[12] |= {"embargo_until": stage.moment(today + 9 * DAY, "10:00")}
        await stage.run_bulk("confidentiality.set_asset", rows)

    async def readers() -> None:
        for place, reader in ((0, agents[3]), (4, agents[6]), (8, part.head), (1, agents[7]), (3, agents[9])):
            await stage.run(
                "confidentiality.add_reader", {"reader": reader, "reason": "工作需要"}, target=[number(place)]
            )
        await stage.run("confidentiality.begin_use", {}, target=[number(at) for at in (0, 1, 3, 4, 8)])

    async def flaw() -> None:
        raw = {"title": "兑换页面", "content": "同一兑换码可重复使用一次", "location": "工单 W-1310",
               "found_at": stage.moment(today - 18 * DAY, "09:50"), "fixers": [part.custodian]}  # fmt: skip
        await stage.run("confidentiality.report_flaw", raw, agents[4])

    async def bare() -> None:
        raw = {
            "asset_no": "BM-031",
            "title": "竞品对比分析",
            "medium": "file",
            "location": "共享盘/市场",
            "keeper": agents[8],
        }
        await stage.run("confidentiality.set_asset", raw)

    return [
        (first, "08:50", load),
        (first, "09:20", enter),
        (first + 2 * DAY, "10:15", readers),
        (today - 18 * DAY, "11:20", flaw),
        (today, "08:20", bare),
    ]


def keeper(part: Part, place: int) -> str:
    """Whose it is: three leaders, the custodian and two agents share what is kept."""
    keepers = (*part.leaders, part.custodian, *(one.login for one in part.agents[1:3]))
    return keepers[place % len(keepers)]
