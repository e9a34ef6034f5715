"""Tortoise prepares all models at every opening, a third of its time. Prepared for the same fields they stay so."""

from __future__ import annotations

from typing import Any

from tortoise.apps import Apps
from tortoise.models import Model

_build = Apps._build_initial_querysets
MARK = "_prepared_for"
"""What a model was prepared for last stands on itself, so that a class that is gone isn't held by it."""


def _of(model: type[Model]) -> tuple[Any, ...]:
    meta = model._meta
    return (meta.db.query_class, *meta.fields_map.items())


def _prepare(apps: Apps) -> None:
    models = [model for group in apps.apps.values() for model in group.values()]
    if any(vars(model).get(MARK) != _of(model) for model in models):
        _build(apps)
        for model in models:
            setattr(model, MARK, _of(model))


Apps._build_initial_querysets = _prepare  # type: ignore[method-assign,assignment]
