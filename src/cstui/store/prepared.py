"""What Tortoise makes ready of every model beforehand is made when it is used, or once: docs/decisions/prepared.md.

Thirty filters for each column of each model, of which a session uses few; and all models at every opening of a store.
"""

from __future__ import annotations

from typing import Any

import tortoise.models
from tortoise.apps import Apps
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields import JSONField
from tortoise.fields.relational import RelationalField
from tortoise.filters import FilterInfoDict, get_filters_for_field
from tortoise.models import MetaInfo, Model

_build = Apps._build_initial_querysets
_generate = MetaInfo._generate_filters
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
            query: Any = model._meta.basequery_all_fields
            query.immutable = False  # one copy for a query, not one for each step
            setattr(model, MARK, _of(model))


class Filters(dict[str, FilterInfoDict]):
    """A model's filters by name; one of a plain column is made when it is asked for."""

    def __init__(self, meta: MetaInfo) -> None:
        super().__init__()
        self.meta = meta

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key) or self._make(str(key))

    def __missing__(self, key: str) -> FilterInfoDict:
        if key in self:
            return self[key]
        raise KeyError(key)

    def _make(self, key: str) -> bool:
        name = key.split("__", 1)[0]
        column = self.meta.pk_attr if name == "pk" else name
        field = self.meta.fields_map.get(column)
        if field is None or not _is_plain(field):
            return False
        made = get_filters_for_field(name, field, field.source_field or column).get(key)
        if made is None:
            return False
        overridden = self.meta.db.executor_class.get_overridden_filter_func
        operator = overridden(filter_func=made["operator"], filter_info=made) or made["operator"]
        self[key] = {**made, "operator": operator}
        return True


def _is_plain(field: Any) -> bool:
    return not isinstance(field, RelationalField | JSONField | ArrayField)


def _filters(field_name: str, field: Any, source_field: str) -> dict[str, FilterInfoDict]:
    """Tortoise's own, but none yet of a plain column."""
    return {} if field is not None and _is_plain(field) else get_filters_for_field(field_name, field, source_field)


def _generate_filters(self: MetaInfo) -> None:
    self.filters = Filters(self)
    _generate(self)


Apps._build_initial_querysets = _prepare  # type: ignore[method-assign,assignment]
MetaInfo._generate_filters = _generate_filters  # type: ignore[method-assign]
tortoise.models.get_filters_for_field = _filters  # type: ignore[attr-defined]
