"""What is secret: classes of it, what is kept, who may read it, and until when it isn't to be told."""

from __future__ import annotations

from typing import Any

from cstui.api import Action, Bulk, Column, Consequence, Register, Related
from cstui.people import role_name
from cstui_confidentiality.models import AssetReader, ConfidentialAsset, SecrecyCategory
from cstui_confidentiality.scope import acts, classes, demo, due, flaws
from cstui_confidentiality.scope.circle import kept, opened, told
from cstui_confidentiality.scope.inputs import (
    ALIASES,
    AddReader,
    ChangeAsset,
    ChangeCategory,
    ClassAsset,
    HandOver,
    MoveEmbargo,
    ReportFlaw,
    SetAsset,
    SetCategory,
    Spare,
    Supersede,
)

__all__ = ["ACTIONS", "CONSEQUENCES", "DUE", "REGISTERS", "demo"]

CATEGORIES = Register(
    "confidentiality.categories", SecrecyCategory,
    (
        Column("code", width=8, sort="code"), Column("title", width=26, sort="title"),
        Column("level", width=12, sort="level"), Column("class_state", "state", width=12, sort="state"),
        Column("owner_role", lambda ctx, one: role_name(one.owner_role), width=16),
        Column("examples", width=36, narrow=False),
    ),
    noun="category", natural_key=("code",), sort="code", needs="confidentiality.own",
    related=(Related("confidentiality.assets", "category"),),
)  # fmt: skip


def _readers(asset: ConfidentialAsset) -> Any:
    return "、".join(one.staff.name for one in asset.readers if one.until is None)


ASSETS = Register(
    "confidentiality.assets", ConfidentialAsset,
    (
        Column("asset_no", width=14, sort="asset_no"), Column("title", width=20, sort="title"),
        Column("asset_state", "state", width=10, sort="state"),
        Column("category_title", kept(lambda one: one.category and one.category.title), width=14),
        Column("keeper_name", kept(lambda one: one.keeper.name), width=10),
        Column("embargo_until", kept(lambda one: one.embargo_until), width=16, narrow=False),
        Column("location", told(lambda one: one.location), width=16, narrow=False, secret=True),
    ),
    noun="asset", natural_key=("asset_no",), sort="asset_no", needs="confidentiality.own",
    fields_need="confidentiality.keep",
    query=lambda ctx: ConfidentialAsset.all().select_related("category", "keeper").prefetch_related("readers__staff"),
    sections=(
        Column("content", told(lambda one: one.content), secret=True),
        Column("category", kept(lambda one: one.category and one.category.code)),
        Column("level", kept(lambda one: one.category and one.category.level)),
        Column("medium", kept(lambda one: one.medium)), Column("keeper", kept(lambda one: one.keeper.login)),
        Column("readers", kept(_readers)), Column("embargo", kept(lambda one: one.embargo)),
        Column("personal_data", kept(lambda one: one.personal_data)), Column("flaw", kept(lambda one: one.flaw)),
        Column("retain_until", kept(lambda one: one.retain_until)), Column("marked_at"), Column("published_at"),
        Column("registered_by"), Column("registered_at"),
    ),
    related=(Related("confidentiality.readers", "asset", told=True),),
)  # fmt: skip
READERS = Register(
    "confidentiality.readers", AssetReader,
    (
        Column("reader", "staff.name", width=10), Column("asset", "asset.asset_no", width=14),
        Column("asset_title", "asset.title", width=20), Column("reads_since", "since", width=14),
        Column("reads_until", "until", width=14), Column("reason", width=20, narrow=False),
    ),
    noun="reader", natural_key=("id",), sort="-id", needs="confidentiality.keep",
    query=lambda ctx: AssetReader.all().select_related("staff", "asset"),
)  # fmt: skip

LOAD = Action(
    "confidentiality.load_categories", run=classes.load, needs="confidentiality.keep",
    register="confidentiality.categories", mnemonic="l", rules=("confidentiality-01", "confidentiality-49"),
)  # fmt: skip
SET_CATEGORY = Action(
    "confidentiality.set_category", run=classes.set_one, needs="confidentiality.keep", input=SetCategory,
    register="confidentiality.categories", mnemonic="n", rules=("confidentiality-01",), settles=False,
)  # fmt: skip
CHANGE_CATEGORY = Action(
    "confidentiality.change_category", run=classes.change, needs="confidentiality.keep", input=ChangeCategory,
    target="row", register="confidentiality.categories", mnemonic="c", prefill=classes.change_prefill,
)  # fmt: skip
SUPERSEDE = Action(
    "confidentiality.supersede_category", run=classes.supersede, needs="confidentiality.keep", input=Supersede,
    target="row", register="confidentiality.categories", mnemonic="s", blocked=classes.supersede_blocked,
)  # fmt: skip
SET_ASSET = Action(
    "confidentiality.set_asset", run=acts.set_one, needs="confidentiality.keep", input=SetAsset,
    register="confidentiality.assets", mnemonic="n", rules=("confidentiality-01", "confidentiality-06"),
    settles=False, bulk=Bulk(acts.set_many, natural_key=("asset_no",), aliases=ALIASES),
)  # fmt: skip
CHANGE_ASSET = Action(
    "confidentiality.change_asset", run=acts.change, needs="confidentiality.keep", input=ChangeAsset, target="row",
    register="confidentiality.assets", mnemonic="g", prefill=acts.change_prefill, settles=False,
)  # fmt: skip
CLASS = Action(
    "confidentiality.class_asset", run=acts.put_in_class, needs="confidentiality.keep", input=ClassAsset,
    target="rows", register="confidentiality.assets", mnemonic="c", rules=("confidentiality-01",),
    blocked=acts.class_blocked, settles=False,
)  # fmt: skip
HAND_OVER = Action(
    "confidentiality.hand_over_asset", run=acts.hand_over, needs="confidentiality.keep", input=HandOver,
    target="rows", register="confidentiality.assets", mnemonic="h", rules=("confidentiality-43",),
    blocked=acts.class_blocked, settles=False,
)  # fmt: skip
USE = Action(
    "confidentiality.begin_use", run=acts.begin_use, needs="confidentiality.own", target="rows",
    register="confidentiality.assets", mnemonic="u", blocked=acts.begin_use_blocked,
)  # fmt: skip
ADD_READER = Action(
    "confidentiality.add_reader", run=acts.add_reader, needs="confidentiality.own", input=AddReader, target="row",
    register="confidentiality.assets", mnemonic="a", rules=("confidentiality-10", "confidentiality-43"),
    blocked=acts.add_reader_blocked, settles=False,
)  # fmt: skip
END_READER = Action(
    "confidentiality.end_reader", run=acts.end_reader, needs="confidentiality.keep", target="rows",
    register="confidentiality.readers", mnemonic="e", rules=("confidentiality-43",), blocked=acts.end_reader_blocked,
)  # fmt: skip
PUBLISH = Action(
    "confidentiality.publish", run=acts.publish, needs="confidentiality.keep", target="row",
    register="confidentiality.assets", mnemonic="p", rules=("confidentiality-06",), blocked=acts.publish_blocked,
)  # fmt: skip
MOVE_EMBARGO = Action(
    "confidentiality.move_embargo", run=acts.move_embargo, needs="confidentiality.keep", input=MoveEmbargo,
    target="row", register="confidentiality.assets", mnemonic="t", rules=("confidentiality-06",),
    blocked=acts.publish_blocked,
)  # fmt: skip
MARK = Action(
    "confidentiality.mark_for_destruction", run=acts.mark, needs="confidentiality.own", target="rows",
    register="confidentiality.assets", mnemonic="m", rules=("confidentiality-20",), blocked=acts.mark_blocked,
)  # fmt: skip
SPARE = Action(
    "confidentiality.spare_asset", run=acts.spare, needs="confidentiality.own", input=Spare, target="row",
    register="confidentiality.assets", mnemonic="k", blocked=acts.spare_blocked,
)  # fmt: skip
FLAW = Action(
    "confidentiality.report_flaw", run=flaws.report, needs="confidentiality.own", input=ReportFlaw,
    register="confidentiality.assets", mnemonic="f", rules=("confidentiality-10",),
)  # fmt: skip

REGISTERS = (CATEGORIES, ASSETS, READERS)
ACTIONS = (
    LOAD,
    SET_CATEGORY,
    CHANGE_CATEGORY,
    SUPERSEDE,
    SET_ASSET,
    CHANGE_ASSET,
    CLASS,
    HAND_OVER,
    USE,
    ADD_READER,
    END_READER,
    PUBLISH,
    MOVE_EMBARGO,
    MARK,
    SPARE,
    FLAW,
)
DUE = (due.classes_missing, due.unclassed, due.embargoes_ending, due.unkept)
CONSEQUENCES = (Consequence("site.reveal", opened),)
