"""Classes of secrets: the regulation's twelve, and the company's own (confidentiality-01)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cstui.api import BadInput, Context, Refusal, Text
from cstui_confidentiality.kinds import CategoryState
from cstui_confidentiality.models import SecrecyCategory
from cstui_confidentiality.scope.inputs import ChangeCategory, SetCategory, Supersede
from cstui_confidentiality.scope.presets import PRESET


async def load(ctx: Context, data: None) -> Text:
    """The classes of the preset that aren't there yet; one that was superseded stays so."""
    known = {str(code) for code in await SecrecyCategory.all().values_list("code", flat=True)}
    new = [row for row in PRESET if row.code not in known]
    await SecrecyCategory.insert(SecrecyCategory(**row.model_dump()) for row in new)
    return Text("confidentiality.done.classes_loaded", count=len(new), known=len(PRESET) - len(new))


async def set_one(ctx: Context, data: SetCategory) -> Text:
    """A class of the company's own, or another wording for one there is."""
    known = await SecrecyCategory.filter(code=data.code).first()
    if known is not None:
        return await change(ctx, known, data)
    _role(ctx, data)
    await SecrecyCategory.create(**data.model_dump())
    return Text("confidentiality.done.class_created", code=data.code, title=data.title)


async def change(ctx: Context, category: SecrecyCategory, data: ChangeCategory) -> Text:
    _role(ctx, data)
    category.update_from_dict(data.model_dump() | {"state": CategoryState.ACTIVE})
    await category.save()
    return Text("confidentiality.done.class_updated", code=category.code, title=category.title)


def _role(ctx: Context, data: ChangeCategory) -> None:
    if data.owner_role not in ctx.services.roles:
        raise BadInput("confidentiality.refusal.no_role", field="owner_role", value=data.owner_role)


async def change_prefill(ctx: Context, rows: Sequence[SecrecyCategory]) -> dict[str, Any]:
    """The class as it is."""
    return {name: getattr(rows[0], name) for name in ChangeCategory.model_fields}


async def supersede(ctx: Context, category: SecrecyCategory, data: Supersede) -> Text:
    """Nothing new belongs to it; what does needs another."""
    Refusal.because(await supersede_blocked(ctx, category), value=category.code)
    category.state = CategoryState.SUPERSEDED
    await category.save()
    return Text("confidentiality.done.class_superseded", code=category.code, title=category.title)


async def supersede_blocked(ctx: Context, category: SecrecyCategory) -> Text | None:
    if category.state is CategoryState.ACTIVE:
        return None
    return Text("confidentiality.blocked.superseded", code=category.code)
