"""The terminal under the dashboard: one that goes away (a dropped line, a closed window) must not keep it alive."""

from __future__ import annotations

import codecs
import os
import select
import signal
from collections.abc import Mapping
from contextlib import suppress
from threading import Thread
from typing import IO, Any

from textual._ansi_sequences import SYNC_END, SYNC_START
from textual.drivers.linux_driver import LinuxDriver

from cstui.tui.thrift import Shown

HUNG_UP = 129
"""Exit code of a program whose terminal went away, as if SIGHUP had ended it."""


class Lasting:
    """A file that swallows writes once its terminal is gone.

    Textual writes in a thread of its own; an error there ends the thread, its queue fills up, and the program
    then waits for ever where it should close the store and go.
    """

    def __init__(self, file: IO[str]) -> None:
        self.file = file

    def write(self, text: str) -> int:
        try:
            return self.file.write(text)
        except OSError:
            return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            self.file.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)


class Terminal(LinuxDriver):
    """Textual's driver, for which the end of the terminal is the end of the program, in order."""

    _watched = False
    """Whether its end is waited for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._file: Any = Lasting(self._file)
        self.shown = Shown()
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)  # a stopped program may hold what others wait for
        self._begun, self._cursor = False, ""
        """Whether an update is begun of which nothing was written yet, and the sequence by which the cursor stands."""

    def write(self, data: str) -> None:
        """An update that changes nothing isn't sent: it would only put the cursor where it stands."""
        if data == SYNC_START:
            self._begun = True
        elif data == SYNC_END and self._begun:
            self._begun = False
        elif data != self._cursor:
            super().write(SYNC_START + data if self._begun else data)
            self._begun, self._cursor = False, "\x1b" + data.rpartition("\x1b")[2]

    def disable_input(self) -> None:
        """At the end the thread that reads keys isn't waited for: it looks up only every tenth of a second."""
        if self._app._exit:
            self._key_thread = None
        super().disable_input()
        if self._app._exit:
            self.exit_event.set()

    def _get_terminal_size(self) -> tuple[int, int]:
        """As large as the terminal is, and not as COLUMNS and LINES say: these stay as they are when it is resized."""
        with suppress(OSError):
            size = os.get_terminal_size(self.fileno)
            return size.columns, size.lines
        return super()._get_terminal_size()

    def _end_with_terminal(self) -> None:
        """A terminal that hung up is read like an empty file, again and again, where no signal tells that it did."""
        gone = select.poll()
        gone.register(self.fileno, 0)  # that it hung up is told without being asked for
        gone.poll()
        self._app.call_later(self._app.exit, HUNG_UP, HUNG_UP)

    def start_application_mode(self) -> None:
        if not self._watched:
            self._watched = True
            Thread(target=self._end_with_terminal, name="terminal", daemon=True).start()
        self.shown.forget()
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def _run_input_thread(self) -> None:
        """Read keys until the end. Bytes that are no text (a terminal of another character set) are passed over."""
        while True:
            try:
                self.run_input_thread()
            except UnicodeDecodeError:
                continue
            except OSError:
                self._app.call_later(self._app.exit, HUNG_UP, HUNG_UP)
            return


def charset(encoding: str, environ: Mapping[str, str]) -> str:
    """The terminal's character set as Python calls it, or "" for UTF-8.

    `encoding` is what Python writes. It writes UTF-8 in the locale C, too, whatever the terminal shows: whoever sets
    that locale asks for ASCII; where none is set at all, the terminal most likely speaks UTF-8.
    """
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        name = "ascii"
    locale = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or ""
    if name == "utf-8" and "PYTHONIOENCODING" not in environ and locale in {"C", "POSIX"}:
        return "ascii"
    return "" if name == "utf-8" else name
