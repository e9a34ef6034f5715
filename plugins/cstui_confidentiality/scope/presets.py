"""The twelve classes of the regulation for a site to begin with; in Chinese, as its papers name them."""

from __future__ import annotations

from cstui_confidentiality.kinds import Level
from cstui_confidentiality.scope.inputs import SetCategory

UPDATES, CUSTOMERS, SERVICE = "S02", "S04", "S06"
"""Classes with rules of their own: what isn't published yet, customers' data, material of the service."""
BUSINESS, TECHNICAL, FINANCE, PERSONNEL = "S01", "S07", "S10", "S11"
"""The four kinds of secrets that everybody strictly keeps (confidentiality-49)."""


def _class(code: str, title: str, examples: str, owner: str, level: Level = Level.CONFIDENTIAL) -> SetCategory:
    return SetCategory(code=code, title=title, examples=examples, level=level, owner_role=owner)


PRESET = (
    _class(BUSINESS, "经营决策", "重大决策、经营方案、发展规划", "company_leader"),
    _class(UPDATES, "未公布的更新与漏洞", "游戏更新、发现的漏洞、活动安排、运营计划", "supervisor"),
    _class("S03", "后台与网站", "后台账号、操作日志、改版方案、网站的重要客户数据", "account_custodian", Level.SECRET),
    _class(CUSTOMERS, "客户个人资料", "账号密码、证件、电话、银行卡、地址、充值提现记录", "supervisor", Level.SECRET),
    _class("S05", "论坛管理", "论坛管理账号、论坛数据、论坛活动与更新", "supervisor"),
    _class(SERVICE, "客服资料", "客服账号、培训资料、聊天记录、通话录音、制度表格、问题汇总、回访记录", "supervisor"),
    _class(TECHNICAL, "技术与设计", "源代码、设计稿与原件、界面、剧情和策划文档", "department_head", Level.SECRET),
    _class("S08", "账号找回资料", "各账号的密保、找回邮箱与电话", "account_custodian", Level.SECRET),
    _class("S09", "合同与会议", "合同、协议、书面意见、可行性报告、主要会议纪要", "department_head"),
    _class(FINANCE, "财务", "预算、决算、财务与统计报表", "department_head"),
    _class(PERSONNEL, "人事与薪酬", "人事档案、工资与收入资料", "department_head", Level.SECRET),
    _class("S12", "公司另行规定", "公司宣布保密的其他事项", "company_leader"),
)  # fmt: skip
