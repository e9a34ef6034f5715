"""Calling plugins: each on its own, with a time limit; what went wrong in one line."""

from __future__ import annotations

import asyncio
import contextvars
import inspect
import logging
import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from difflib import get_close_matches
from functools import partial
from typing import Any

import pluggy

from cstui.contract.errors import Fault
from cstui.contract.hooks import PROJECT, Hooks
from cstui.contract.text import Text
from cstui.plugins.faults import Place, reason_of

VETO = "cstui_check_action"
STRIKES = 3
log = logging.getLogger(__name__)


class Manager(pluggy.PluginManager):
    """Pluggy's manager with a memory of failures. A plugin that failed three times is left out until the next start.

    Its vetoes are not: a veto that fails goes on refusing, or a fault would open what the site has closed.
    """

    def __init__(self) -> None:
        super().__init__(PROJECT)
        self.add_hookspecs(Hooks)
        self.failures: Counter[str] = Counter()
        self.notes: list[Text] = []

    def misfits(self, plugin: Any) -> Iterator[tuple[Text, Place]]:
        """What is wrong with the hooks of a plugin, and where: one that is misspelt would never be called."""
        known = {name: caller.spec.argnames for name, caller in vars(self.hook).items() if caller.spec}
        for name in dir(plugin):
            if (made := self.parse_hookimpl_opts(plugin, name)) is None:
                continue
            function, hook = getattr(plugin, name), made["specname"] or name
            code = inspect.unwrap(function).__code__
            place = code.co_filename, code.co_firstlineno
            args = pluggy.HookImpl(plugin, name, function, made).argnames
            if made["wrapper"] or made["hookwrapper"]:
                yield Text("plugins.fault.wrapped", hook=name), place
            elif hook not in known and not made["optionalhook"]:
                near = get_close_matches(hook, known, 1) or sorted(known)
                yield Text("plugins.fault.no_hook", hook=hook, near=near), place
            elif strange := [one for one in args if one not in known.get(hook, args)]:
                yield Text("plugins.fault.hook_args", hook=hook, args=strange, known=known[hook]), place

    def out(self, plugin: str, hook: str) -> bool:
        return hook != VETO and self.failures[plugin] >= STRIKES

    def failed(self, plugin: str, hook: str, error: BaseException) -> None:
        log.error("plugin %s failed in %s", plugin, hook, exc_info=error)
        self.failures[plugin] += 1
        if self.failures[plugin] == STRIKES and hook != VETO:
            self.notes.append(Text("plugin.session_disabled", plugin=plugin, reason=reason_of(error)))


async def call_each(
    manager: Manager, hook_name: str, timeout: float = 5.0, **kwargs: Any
) -> AsyncIterator[tuple[str, Any]]:
    """Call each implementation of a hook on its own, last registered first; yields plugin and answer or exception.

    `timeout` in seconds for each. A plain function runs in a thread, so that it can't hold up the program.
    """
    for impl in reversed(getattr(manager.hook, hook_name).get_hookimpls()):
        if manager.out(impl.plugin_name, hook_name):
            continue
        call = partial(impl.function, *(kwargs[name] for name in impl.argnames))
        answer: Any
        try:
            async with asyncio.timeout(timeout):
                answer = call() if inspect.iscoroutinefunction(impl.function) else await _in_thread(call)
                if inspect.isawaitable(answer):
                    answer = await answer
        except TimeoutError as error:
            answer = TimeoutError(str(error) or f"no answer within {timeout:g} s")
        except (Exception, SystemExit) as error:
            answer = error
        if isinstance(answer, BaseException) and not isinstance(answer, Fault):
            manager.failed(impl.plugin_name, hook_name, answer)
        yield impl.plugin_name, answer


async def _in_thread(call: Callable[[], Any]) -> Any:
    """The answer of a plain function, awaited; its thread doesn't keep the program from ending."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Any] = loop.create_future()
    context = contextvars.copy_context()

    def settle(answer: Any, error: BaseException | None) -> None:
        if not future.done():
            future.set_exception(error) if error else future.set_result(answer)

    def work() -> None:
        answer, error = None, None
        try:
            answer = context.run(call)
        except SystemExit as exit_:
            error = RuntimeError(f"tried to end the program ({exit_.code})")
        except StopIteration as stop:  # can't be set on a future
            error = RuntimeError(repr(stop))
        except BaseException as raised:
            error = raised  # type: ignore[assignment]
        with suppress(RuntimeError):  # the loop was closed meanwhile
            loop.call_soon_threadsafe(settle, answer, error)

    threading.Thread(target=work, daemon=True).start()
    return await future
