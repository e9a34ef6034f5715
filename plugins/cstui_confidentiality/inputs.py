"""Fields that the inputs of several rooms share."""

from __future__ import annotations

from typing import Annotated, Any

from cstui.api import Context, Reason, Ref, Reference
from cstui.people import Person
from cstui_confidentiality.kinds import AssetState, CategoryState, SystemState
from cstui_confidentiality.models import ConfidentialAsset, SecrecyCategory, SystemRegister


def in_force(ctx: Context, categories: Any) -> Any:
    """Classes that weren't superseded."""
    return categories.filter(state=CategoryState.ACTIVE)


def not_retired(ctx: Context, systems: Any) -> Any:
    """Systems that are still run."""
    return systems.filter(state=SystemState.ACTIVE)


def kept(ctx: Context, assets: Any) -> Any:
    """What hasn't been destroyed."""
    return assets.exclude(state=AssetState.DESTROYED)


Category = Annotated[SecrecyCategory, Ref("confidentiality.categories", only=in_force)]
System = Annotated[SystemRegister, Ref("confidentiality.systems", only=not_retired)]
Asset = Annotated[ConfidentialAsset, Ref("confidentiality.assets", only=kept)]

__all__ = ["Asset", "Category", "Person", "Reason", "Reference", "System"]
