"""What is filled in about classes of secrets, and about what is kept."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cstui.api import Code, Day, Input, Known, Line, Moment, Of, Reason, Sealed, held
from cstui.people import Person
from cstui_confidentiality.inputs import Category
from cstui_confidentiality.kinds import Level, Medium
from cstui_confidentiality.models import ConfidentialAsset, SecrecyCategory

Title = Annotated[str, Of(ConfidentialAsset, "title"), Field(min_length=1)]
Content = Annotated[str, Of(ConfidentialAsset, "content"), Sealed]
"""What it says never stands in the journal."""
Location = Annotated[str, Of(ConfidentialAsset, "location"), Field(min_length=1)]
AssetNo = Annotated[Code, Field(max_length=24, min_length=1)]


class ChangeCategory(Input):
    """`owner_role`: the role that answers for it."""

    title: Annotated[str, Of(SecrecyCategory, "title"), Field(min_length=1)]
    level: Level
    owner_role: Annotated[Code, Field(max_length=32, min_length=1), Known(held(SecrecyCategory, "owner_role"))]
    examples: Annotated[str, Of(SecrecyCategory, "examples")] = ""


class Coded(Input):
    code: Annotated[Code, Field(max_length=8, min_length=1)]


class SetCategory(ChangeCategory, Coded):
    """A class by its code; a known one is put right, and in force again."""


class Supersede(Input):
    reason: Reason


class ChangeAsset(Input):
    """What of something secret is given is changed.

    `embargo`: it isn't published yet; until `embargo_until`, or else until it is.
    """

    title: Title | None = None
    category: Category | None = None
    medium: Medium | None = None
    keeper: Person | None = None
    location: Location | None = None
    content: Content | None = None
    retain_until: Day | None = None
    embargo: bool | None = None
    embargo_until: Moment | None = None
    personal_data: bool | None = None


class Numbered(Input):
    asset_no: AssetNo


class SetAsset(ChangeAsset, Numbered):
    """Something secret by its number; of a known one only what is given is changed."""


class ClassAsset(Input):
    category: Category


class HandOver(Input):
    keeper: Person


class AddReader(Input):
    reader: Person
    reason: Line = ""


class MoveEmbargo(Input):
    """`embargo_until` empty: until it is published."""

    embargo_until: Moment | None = None
    reason: Reason


class Spare(Input):
    reason: Reason


class ReportFlaw(Input):
    """A fault found in a programme. The title doesn't tell it; `fixers` may read it, too."""

    found_at: Moment
    title: Title
    content: Annotated[Content, Field(min_length=1)]
    location: Location
    fixers: list[Person] | None = None


ALIASES = {
    "asset_no": ("资料编号", "编号", "number"),
    "title": ("资料名称", "名称"),
    "category": ("保密类别", "类别编号"),
    "medium": ("载体",),
    "keeper": ("保管人登录名", "keeper"),
    "location": ("存放地点", "存放处", "place"),
    "content": ("内容摘要",),
    "retain_until": ("保存期限",),
    "embargo": ("未公布",),
    "embargo_until": ("公布时间",),
    "personal_data": ("含个人资料",),
}
