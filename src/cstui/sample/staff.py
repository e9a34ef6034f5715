"""Sixty-two invented people of a property company's departments."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

STAFF_HEADERS = ("工号", "姓名", "登录名", "部门", "班组", "岗位", "入职日期", "手机号", "角色")

_SURNAMES = (
    "王wang 李li 张zhang 刘liu 陈chen 杨yang 黄huang 赵zhao 吴wu 周zhou 徐xu 孙sun 马ma 朱zhu 胡hu 郭guo "
    "何he 高gao 林lin 罗luo 郑zheng 梁liang 谢xie 宋song 唐tang 许xu 韩han 冯feng 邓deng 曹cao 彭peng "
    "曾zeng 肖xiao 田tian 董dong 潘pan 袁yuan 蔡cai 蒋jiang 余yu 杜du 叶ye 程cheng 魏wei 苏su 吕lü 丁ding "
    "任ren 沈shen 姚yao 欧阳ouyang"
)
_WOMEN = (
    "芳fang 敏min 静jing 丽li 艳yan 娟juan 娜na 秀英xiuying 桂英guiying 霞xia 婷婷tingting 雪梅xuemei "
    "慧hui 倩qian 晓燕xiaoyan 佳怡jiayi 梦瑶mengyao 思琪siqi 欣怡xinyi 雨桐yutong 玉兰yulan 春花chunhua "
    "洁jie 莉li 琳lin 颖ying 文静wenjing 淑芬shufen"
)
_MEN = (
    "伟wei 强qiang 磊lei 军jun 勇yong 杰jie 涛tao 明ming 超chao 刚gang 平ping 辉hui 鹏peng 建国jianguo "
    "志强zhiqiang 海涛haitao 俊jun 斌bin 浩然haoran 子轩zixuan 宇航yuhang 德华dehua 文博wenbo 国庆guoqing "
    "卫东weidong 波bo 健jian 少华shaohua"
)

_ROLES = {
    "客服主管": "supervisor", "客服副主管": "deputy", "班长": "team_leader", "钥匙专管员": "custodian",
    "工程主管": "engineering_supervisor", "客服部经理": "department_head", "总经理": "company_leader",
}  # fmt: skip
CUSTOMER_SERVICE, ENGINEERING = "客服部", "工程部"
_POSTS = (
    # department, team, post, how many, share of women
    (CUSTOMER_SERVICE, "", "客服主管", 1, 0.5),
    (CUSTOMER_SERVICE, "", "客服副主管", 1, 0.5),
    (CUSTOMER_SERVICE, "", "钥匙专管员", 2, 0.9),
    (CUSTOMER_SERVICE, "客服一班", "班长", 1, 0.6),
    (CUSTOMER_SERVICE, "客服一班", "客服专员", 8, 0.8),
    (CUSTOMER_SERVICE, "客服二班", "班长", 1, 0.6),
    (CUSTOMER_SERVICE, "客服二班", "客服专员", 8, 0.8),
    (CUSTOMER_SERVICE, "客服三班", "班长", 1, 0.6),
    (CUSTOMER_SERVICE, "客服三班", "客服专员", 8, 0.8),
    (CUSTOMER_SERVICE, "前台班", "前台接待", 5, 0.9),
    (CUSTOMER_SERVICE, "", "档案管理员", 1, 0.8),
    (ENGINEERING, "", "工程主管", 1, 0.1),
    (ENGINEERING, "维修班", "班长", 1, 0.1),
    (ENGINEERING, "维修班", "维修技工", 8, 0.05),
    (ENGINEERING, "运行班", "运行值班员", 5, 0.1),
    ("秩序维护部", "秩序班", "秩序维护员", 5, 0.1),
    ("环境部", "保洁班", "保洁员", 3, 0.8),
    ("公司本部", "", "客服部经理", 1, 0.5),
    ("公司本部", "", "总经理", 1, 0.3),
)


def _split(name: str) -> tuple[str, str]:
    letters = next(at for at, char in enumerate(name) if char.isascii())
    return name[:letters], name[letters:].replace("ü", "v")


def staff(random: Random, supervisor: str) -> list[tuple[Any, ...]]:
    """The rows under `STAFF_HEADERS`. Two names come twice, with logins of their own."""
    rows: list[tuple[Any, ...]] = []
    logins: set[str] = {supervisor}
    names: list[tuple[str, str, str]] = []
    posts = [(department, team, post, share) for department, team, post, count, share in _POSTS for _ in range(count)]
    for number, (department, team, post, share) in enumerate(posts, 1):
        if number in (23, 41):  # the namesakes that every department has
            surname, given, login = names[random.randrange(6, 20)]
        else:
            surname, given, login = _name(random, random.random() < share, {name[0] + name[1] for name in names})
        names.append((surname, given, login))
        own, count = login, 1
        while own in logins:
            count += 1
            own = f"{login}{count}"
        if number == 1 and supervisor:
            own = supervisor
        logins.add(own)
        hired = date(2015, 3, 1) + timedelta(days=random.randrange(3600))
        phone = f"13{random.choice('56789')}0000{random.randrange(10000):04d}"
        role = _ROLES.get(post, "staff")
        rows.append((f"K{number:03d}", surname + given, own, department, team or None, post, hired, phone, role))
    return rows


def _name(random: Random, woman: bool, taken: set[str]) -> tuple[str, str, str]:
    while True:
        surnames = _SURNAMES.split()
        surname, spelled = _split(random.choice(surnames[:20] if random.random() < 0.6 else surnames))
        given, given_spelled = _split(random.choice((_WOMEN if woman else _MEN).split()))
        if surname + given not in taken:
            return surname, given, f"{spelled}.{given_spelled}"
