"""Tortoise prepares all models at every opening, a third of its time. Prepared for the same fields they stay so."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from tortoise.apps import Apps
from tortoise.models import Model

_build = Apps._build_initial_querysets
_known: WeakKeyDictionary[type[Model], tuple[Any, ...]] = WeakKeyDictionary()
"""Model → the dialect and the fields for which it was prepared last."""


def _of(model: type[Model]) -> tuple[Any, ...]:
    meta = model._meta
    return (meta.db.query_class, *meta.fields_map.items())


def _prepare(apps: Apps) -> None:
    models = [model for group in apps.apps.values() for model in group.values()]
    if any(_known.get(model) != _of(model) for model in models):
        _build(apps)
        _known.update((model, _of(model)) for model in models)


Apps._build_initial_querysets = _prepare  # type: ignore[method-assign,assignment]
