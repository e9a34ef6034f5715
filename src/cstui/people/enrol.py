"""The staff list: one person at a time, or a whole spreadsheet; the same rows again change nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field

from cstui.contract.context import Context
from cstui.contract.declare import Bulk
from cstui.contract.errors import BadInput, Fault, NotPermitted
from cstui.contract.inputs import Code, Day, Input, Line
from cstui.contract.search import fold
from cstui.contract.text import Text
from cstui.people.models import RoleGrant, Staff, Team

DEPARTMENTS = {
    "客服部": "customer_service",
    "客户服务部": "customer_service",
    "customer service": "customer_service",
    "工程部": "engineering",
    "engineering": "engineering",
}
"""How spreadsheets write the departments that rules speak of; any other is kept as written."""
FIELDS = ("login", "number", "name", "phone", "team_id", "department", "post", "hired_on", "left_on")


class Enrol(Input):
    number: Annotated[Code, Field(max_length=32)]
    name: Annotated[Line, Field(max_length=64)]
    login: Code = ""
    department: Annotated[Line, Field(max_length=32)] = ""
    team: Annotated[Line, Field(max_length=32)] = ""
    post: Annotated[Line, Field(max_length=64)] = ""
    phone: Annotated[Code, Field(max_length=32)] = ""
    hired_on: Day | None = None
    left_on: Day | None = None
    role: Annotated[Code, Field(max_length=32)] = ""


ALIASES = {
    "number": ("工号", "员工编号", "员工工号", "编号", "staff no", "employee no", "employee number"),
    "name": ("姓名", "员工姓名", "名字", "full name"),
    "login": ("登录名", "账号", "用户名", "user", "account"),
    "department": ("部门", "所属部门", "dept"),
    "team": ("班组", "小组", "组别", "group"),
    "post": ("岗位", "职务", "职位", "position", "title"),
    "phone": ("手机号", "手机", "电话", "联系电话", "mobile"),
    "hired_on": ("入职日期", "入职时间", "到岗日期", "hire date"),
    "left_on": ("离职日期", "离职时间", "leaving date"),
    "role": ("角色", "权限"),
}


async def enrol(ctx: Context, data: Enrol) -> Text:
    marks = await enrol_all(ctx, [data])
    if isinstance(marks[0], Fault):
        raise marks[0]
    return Text(f"people.done.{marks[0]}", name=data.name, number=data.number)


async def enrol_all(ctx: Context, rows: Sequence[Enrol]) -> list[Any]:
    """Create or update each person by number (工号). A login that isn't given is spelled from the name."""
    by_number = {person.number: person for person in await Staff.all()}
    logins = {person.login: person.number for person in by_number.values()}
    teams = {team.name: team for team in await Team.all()}
    made: list[Staff] = []
    changed: list[Staff] = []
    roles: list[tuple[str, str]] = []
    marks: list[Any] = []
    seen: set[str] = set()
    for row in rows:
        if row.number in seen:
            marks.append(BadInput("people.refusal.twice", field="number", value=row.number))
            continue
        person = by_number.get(row.number)
        login = fold(row.login) or (person.login if person else _login(row.name, logins))
        if logins.get(login, row.number) != row.number:
            marks.append(BadInput("people.refusal.login_taken", field="login", value=login, number=logins[login]))
            continue
        if row.left_on and row.hired_on and row.left_on < row.hired_on:
            marks.append(BadInput("people.refusal.left_before_hired", field="left_on", value=row.left_on))
            continue
        if row.role and person is None and not ctx.may("people.grant_role"):
            # A list gives nobody more than its writer may give.
            marks.append(NotPermitted("people.refusal.role", field="role", value=row.role, needs="people.grant_role"))
            continue
        seen.add(row.number)
        logins[login] = row.number
        values = await _values(row, login, teams)
        if person is None:
            made.append(Staff(number=row.number, **values))
            marks.append("created")
        elif any(getattr(person, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(person, name, value)
            changed.append(person)
            marks.append("updated")
        else:
            marks.append("unchanged")
        if row.role and person is None:
            roles.append((row.number, row.role))
    await Staff.insert(made)
    await Staff.change(changed, FIELDS)
    for number, role in roles:
        person = await Staff.get(number=number)
        await RoleGrant.create(staff=person, role=role, first_day=ctx.today, granted_by=ctx.actor.login)
    return marks


async def _values(row: Enrol, login: str, teams: dict[str, Team]) -> dict[str, Any]:
    """The given fields of a row; what the list doesn't say stays as it is."""
    team = None
    if row.team:
        if row.team not in teams:
            teams[row.team] = await Team.create(code=row.team, name=row.team, department=_department(row.department))
        team = teams[row.team]
    given = {
        "login": login,
        "name": row.name,
        "phone": row.phone,
        "team_id": team.pk if team else None,
        "department": _department(row.department),
        "post": row.post,
        "hired_on": row.hired_on,
        "left_on": row.left_on,
    }
    sources = {"team_id": "team"}
    return {k: v for k, v in given.items() if k in {"login", "name"} or sources.get(k, k) in row.model_fields_set}


def _department(name: str) -> str:
    return DEPARTMENTS.get(fold(name), name)


COMPOUND = ("欧阳", "上官", "司马", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯")


def _login(name: str, taken: dict[str, str]) -> str:
    """wang.fang for 王芳; the second of the name gets wang.fang2."""
    from pypinyin import lazy_pinyin

    surname = name[:2] if name.startswith(COMPOUND) else name[:1]
    if name.isascii():
        base = ".".join(fold(name).split())
    else:
        base = f"{''.join(lazy_pinyin(surname))}.{''.join(lazy_pinyin(name[len(surname) :]))}".strip(".").lower()
    base = "".join(char for char in base if char.isalnum() or char in ".-_")[:58] or "staff"
    login, number = base, 2
    while login in taken:
        login, number = f"{base}{number}", number + 1
    return login


BULK = Bulk(enrol_all, natural_key=("number",), aliases=ALIASES)
