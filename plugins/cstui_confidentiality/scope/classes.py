"""Classes of secrets: the regulation's twelve, and the company's own (confidentiality-01)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cstui.api import BadInput, Context, Refusal, Text
from cstui_confidentiality.kinds import CategoryState
from cstui_confidentiality.models import SecrecyCategory
from cstui_confidentiality.scope.inputs import SetCategory, Supersede
from cstui_confidentiality.scope.presets import PRESET


async def load(ctx: Context, data: None) -> Text:
    """The classes of the preset that aren't there yet; one that was superseded stays so."""
    known = {str(code) for code in await SecrecyCategory.all().values_list("code", flat=True)}
    new = [row for row in PRESET if row.code not in known]
    await SecrecyCategory.insert(SecrecyCategory(**row.model_dump()) for row in new)
    return Text("confidentiality.done.classes_loaded", count=len(new), known=len(PRESET) - len(new))


async def set_one(ctx: Context, data: SetCategory) -> Text:
    """A class of the company's own, or another wording for one there is."""
    if data.owner_role not in ctx.services.roles:
        raise BadInput("confidentiality.refusal.no_role", field="owner_role", value=data.owner_role)
    values = data.model_dump()
    known = await SecrecyCategory.filter(code=data.code).first()
    if known is None:
        await SecrecyCategory.create(**values)
        return Text("confidentiality.done.class_created", code=data.code, title=data.title)
    known.update_from_dict(values | {"state": CategoryState.ACTIVE})
    await known.save()
    return Text("confidentiality.done.class_updated", code=data.code, title=data.title)


async def prefill(ctx: Context, rows: Sequence[SecrecyCategory]) -> dict[str, Any]:
    """The class on which one stands, to be put right."""
    return {name: getattr(rows[0], name) for name in SetCategory.model_fields} if rows else {}


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
