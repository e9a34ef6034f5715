"""The staff list: one person at a time, or a whole spreadsheet; the same rows again change nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import Field

from cstui.contract.action import Bulk
from cstui.contract.context import ANONYMOUS, SYSTEM, Context
from cstui.contract.declare import Known
from cstui.contract.errors import BadInput, Fault, NotPermitted
from cstui.contract.inputs import Code, Day, Input, Line
from cstui.contract.pinyin import syllables
from cstui.contract.records import held
from cstui.contract.search import fold
from cstui.contract.text import Text, choice
from cstui.people.models import RoleGrant, Staff, Team
from cstui.people.service import GRANTING, check_role, end_grants, outlasting, roles_known

DEPARTMENTS = {
    "客服部": "customer_service",
    "客户服务部": "customer_service",
    "customer service": "customer_service",
    "工程部": "engineering",
    "engineering": "engineering",
}
"""How spreadsheets write the departments that rules speak of; any other is kept as written."""
FIELDS = ("number", "login", "name", "phone", "team_id", "department", "post", "hired_on", "left_on")
LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]*")
RESERVED = {SYSTEM.login, ANONYMOUS.login}

Number = Annotated[Code, Field(max_length=32)]
Name = Annotated[Line, Field(max_length=64)]
Role = Annotated[Code, Field(max_length=32), Known(roles_known)]


class Enrol(Input):
    number: Number
    name: Name
    login: Code = ""
    department: Annotated[Line, Field(max_length=32), Known(held(Staff, "department"))] = ""
    team: Annotated[Line, Field(max_length=32)] = ""
    post: Name = ""
    phone: Number = ""
    hired_on: Day | None = None
    left_on: Day | None = None
    role: Role = ""


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
    mark = (await enrol_all(ctx, [data]))[0]
    if isinstance(mark, Fault):
        raise mark
    return Text(f"people.done.{mark}", name=data.name, number=data.number)


@dataclass
class _List:
    """The staff list as it stands while rows are taken in."""

    by_number: dict[str, Staff]
    by_login: dict[str, Staff]
    teams: dict[str, Team]
    made: list[Staff] = field(default_factory=list)
    changed: list[Staff] = field(default_factory=list)
    roles: list[tuple[Staff, str]] = field(default_factory=list)


async def enrol_all(ctx: Context, rows: Sequence[Enrol]) -> list[Any]:
    """Create or update each person by number (工号). A login that isn't given is spelled from the name."""
    people = await Staff.all()
    known = _List(
        {person.number: person for person in people},
        {person.login: person for person in people},
        {team.name: team for team in await Team.all()},
    )
    marks: list[Any] = []
    for row in rows:
        try:
            marks.append(await _enrol_one(ctx, row, known))
        except Fault as fault:
            marks.append(fault)
    await Staff.insert(known.made)
    await Staff.change(known.changed, FIELDS)
    for person in known.changed:
        if person.left_on:
            await end_grants(ctx, await outlasting(person, person.left_on), person.left_on)
    await RoleGrant.insert(
        RoleGrant(staff_id=person.pk, role=role, first_day=ctx.today, granted_by=ctx.actor.login)
        for person, role in known.roles
    )
    return marks


async def _enrol_one(ctx: Context, row: Enrol, known: _List) -> str:
    """Check everything first: a row that is refused leaves nothing behind."""
    person = known.by_number.get(row.number) or _provisional(row, known)
    login = fold(row.login) or (person.login if person else _login(row.name, known.by_login))
    _check_login(ctx, login, person, known)
    hired = row.hired_on or (person.hired_on if person else None)
    left = row.left_on or (person.left_on if person else None)
    if left and hired and left < hired:
        raise BadInput("people.refusal.left_before_hired", field="left_on", value=left)
    if row.role and person is None and not ctx.may(GRANTING):
        raise NotPermitted("people.refusal.role", field="role", value=row.role, needs=GRANTING)
    if row.role:
        check_role(ctx, row.role)
    values = await _values(row, login, known.teams)
    if person is None:
        person = Staff(**values)
        known.made.append(person)
        if row.role:
            known.roles.append((person, row.role))
        mark = "created"
    elif any(getattr(person, name) != value for name, value in values.items()):
        known.by_login.pop(person.login)
        for name, value in values.items():
            setattr(person, name, value)
        known.changed.append(person)
        mark = "updated"
    else:
        mark = "unchanged"
    known.by_number[person.number] = known.by_login[person.login] = person
    return mark


def _provisional(row: Enrol, known: _List) -> Staff | None:
    """The first administrator has the login for a number until the staff list says the real one."""
    person = known.by_login.get(fold(row.login))
    return person if person and person.number == person.login and not person.number.isdigit() else None


def _check_login(ctx: Context, login: str, person: Staff | None, known: _List) -> None:
    if not LOGIN.fullmatch(login) or login in RESERVED:
        raise BadInput("people.refusal.login_form", field="login", value=login)
    holder = known.by_login.get(login)
    if holder is not None and holder is not person:
        raise BadInput("people.refusal.login_taken", field="login", value=login, number=holder.number)
    if person is not None and login != person.login:
        # a login carries its roles with it: who may not grant them may not move them either, nobody their own
        if person.pk == ctx.actor.staff_id:
            raise NotPermitted("people.refusal.own_login", field="login", value=login)
        if not ctx.may(GRANTING):
            raise NotPermitted("people.refusal.move_login", field="login", value=login, needs=GRANTING)


async def _values(row: Enrol, login: str, teams: dict[str, Team]) -> dict[str, Any]:
    """The given fields of a row; what the list doesn't say stays as it is. A team nobody knows is made."""
    team = None
    if row.team:
        if row.team not in teams:
            teams[row.team] = await Team.create(code=row.team, name=row.team, department=_department(row.department))
        team = teams[row.team]
    given = {
        "number": row.number,
        "login": login,
        "name": row.name,
        "phone": row.phone,
        "team_id": team.pk if team else None,
        "department": _department(row.department),
        "post": row.post,
        "hired_on": row.hired_on,
        "left_on": row.left_on,
    }
    said = {"number", "login", "name"} | {"team_id" if name == "team" else name for name in row.model_fields_set}
    return {name: value for name, value in given.items() if name in said}


def department_name(department: str) -> Text | str:
    """The word for a department that rules speak of; any other as it was written."""
    return choice("people", department) if department in DEPARTMENTS.values() else department


def _department(name: str) -> str:
    return DEPARTMENTS.get(fold(name), name)


COMPOUND = ("欧阳", "上官", "司马", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯")


def _login(name: str, taken: dict[str, Staff]) -> str:
    """wang.fang for 王芳; the second of the name gets wang.fang2."""
    surname = name[:2] if name.startswith(COMPOUND) else name[:1]
    if name.isascii():
        base = ".".join(fold(name).split())
    else:
        base = f"{''.join(syllables(surname))}.{''.join(syllables(name[len(surname) :]))}".lower()
    base = re.sub(r"[^a-z0-9._-]", "", base).strip("._-")[:58] or "staff"
    login, number = base, 2
    while login in taken or login in RESERVED:
        login, number = f"{base}{number}", number + 1
    return login


BULK = Bulk(enrol_all, natural_key=("number",), aliases=ALIASES, once=("role",))
