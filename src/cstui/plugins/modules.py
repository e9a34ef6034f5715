"""The modules of the site's own plugins: run with a time limit, and forgotten before they are read again."""

from __future__ import annotations

import importlib
import sys
import threading
import traceback
from collections.abc import Callable
from typing import Any, TypeVar

from tortoise.models import Model

from cstui.contract.text import Text
from cstui.plugins.check import refs
from cstui.plugins.faults import SITE, Unsound, short

T = TypeVar("T")
PATIENCE = 10.0
"""Seconds that importing a plugin may take."""


def within(act: Callable[[], T], seconds: float = PATIENCE) -> T:
    """What a function gives, or raises. Raises Unsound if that takes too long, with the line at which it hangs.

    It then goes on by itself: a thread can't be stopped, but it doesn't keep the program from ending.
    """
    given: list[T] = []
    raised: list[BaseException] = []

    def work() -> None:
        try:
            given.append(act())
        except BaseException as error:  # also SystemExit, and what only the caller may judge
            raised.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    if raised:
        raise raised[0]
    if given:
        return given[0]
    stack = traceback.walk_stack(sys._current_frames().get(thread.ident or 0))
    places = [(str(frame.f_globals.get("__name__")), frame.f_code.co_filename, line) for frame, line in stack]
    own = [place for place in places if place[0].split(".", 1)[0] == SITE] or places
    place = own[0][1:] if own else ("", 0)
    raise Unsound(Text("plugin.hangs", seconds=f"{seconds:g}", at=short(place)), place)


def forget() -> Callable[[], None]:
    """Take the site's own modules out of the program, so that the next import reads the files as they are now.

    Calling what is answered puts them back in place of those that were read since.
    """
    modules = {name: module for name, module in sys.modules.items() if name.split(".", 1)[0] == SITE}
    models = {one for module in modules.values() for one in vars(module).values() if _own_model(one)}
    relations = [relation for model in models for relation in _unrelated(model)]
    for name in modules:
        del sys.modules[name]
    importlib.invalidate_caches()
    refs.cache_clear()

    def back() -> None:
        forget()
        sys.modules.update(modules)
        for meta, name, field in relations:
            meta.add_field(name, field)

    return back


def _own_model(one: Any) -> bool:
    return isinstance(one, type) and issubclass(one, Model) and one.__module__.split(".", 1)[0] == SITE


def _unrelated(model: Any) -> list[tuple[Any, str, Any]]:
    """Take from the records of others what points back to this model; a new one of its name may point to them then."""
    taken = []
    meta = model._meta
    for name in meta.fk_fields | meta.o2o_fields | meta.m2m_fields:
        other, back = getattr(meta.fields_map[name], "related_model", None), meta.fields_map[name].related_name
        if other is None or not back or back not in other._meta.fields_map or _own_model(other):
            continue
        taken.append((other._meta, back, other._meta.fields_map.pop(back)))
        for kind in (other._meta.backward_fk_fields, other._meta.backward_o2o_fields, other._meta.m2m_fields):
            kind.discard(back)
        other._meta.finalise_fields()
    return taken
