"""Prove that every rule is enforced: switch each off in turn and expect a test marked with it to fail.

    python tools/prove.py [RULE …]     (`make prove`)

A rule that is structure rather than a check names the test that would fail without it: that test must exist and pass.
Exit 1 if a rule has no test, or if all its tests stay green when it is off. That they pass when it is on is what
`make test` shows; for rules that are named it is tried here, too.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import cstui.engine  # noqa: F401  loaded once here, shared by all children
from cstui.config import Settings
from cstui.contract.rules import Rule
from cstui.plugins import load

ROOT = Path(__file__).parents[1]
AT_ONCE = 2


def rules() -> Iterator[Rule]:
    """All rules of the host's and the bundled areas."""
    for area in load(Settings(), environ={"CSTUI_STRICT": "1"}).areas.values():
        yield from area.rules


def marked(known: list[str]) -> tuple[dict[str, set[str]], set[str]]:
    """Test files that may hold tests of a rule, so that only these are collected; and marks of unknown rules."""
    files: dict[str, set[str]] = {}
    strangers: set[str] = set()
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        source = path.read_text("utf-8")
        if "mark.rule" not in source:
            continue
        for rule_id in known:
            if re.search(rf"[\"']{rule_id}[\"']", source):
                files.setdefault(rule_id, set()).add(str(path))
        strangers.update(re.findall(r"mark\.rule\([\"']([\w-]+)[\"']\)", source))
    return files, strangers - {*known}


SHARED = TemporaryDirectory()
"""Stores that the tests copy are made once for all runs."""


def prove(job: tuple[str, str, list[str], bool]) -> tuple[str, str, float]:
    """A rule's id, what came of it ("" is proved), and the seconds it took."""
    rule_id, structure, files, also_on = job
    began = time.monotonic()
    quiet = ["-q", "-x", "--no-header", "--no-summary", "-p", "no:cacheprovider", "--shared", SHARED.name]
    if structure:
        if not (ROOT / structure.partition("::")[0]).is_file():
            return rule_id, f"there is no {structure}", 0.0
        code = _pytest([*quiet, structure])
        fault = "" if code == pytest.ExitCode.OK else f"{structure} doesn't pass ({code.name})"
    elif not files:
        fault = "no test is marked with it"
    else:
        code = _pytest([*quiet, "--rule", rule_id, "--rule-off", rule_id, *files])
        red = code == pytest.ExitCode.TESTS_FAILED
        fault = (
            "" if red else "its tests stay green when it is off" if code == 0 else f"its tests don't run ({code.name})"
        )
        if also_on and not fault and (code := _pytest([*quiet, "--rule", rule_id, *files])) != pytest.ExitCode.OK:
            fault = f"its tests fail while it is on ({code.name})"
    return rule_id, fault, time.monotonic() - began


def _pytest(words: list[str]) -> pytest.ExitCode:
    """Run pytest in a child of this process, which has the libraries loaded already."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        code = 3
        try:
            code = int(pytest.main(words))
        finally:
            os._exit(code)
    return pytest.ExitCode(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def main(wanted: list[str]) -> int:
    """Prove all rules, or those named."""
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT / "tests"))
    known = [*rules()]
    if unknown := sorted({*wanted} - {rule.id for rule in known}):
        print(f"there is no rule {', '.join(unknown)}", file=sys.stderr)
        return 2
    tests, strangers = marked([rule.id for rule in known])
    jobs = [(rule.id, rule.structure, sorted(tests.get(rule.id, ())), bool(wanted)) for rule in known]
    jobs = [job for job in jobs if not wanted or job[0] in wanted]
    unproved = 0
    with get_context("fork").Pool(AT_ONCE) as pool:
        for (_, structure, *_), (rule_id, fault, seconds) in zip(jobs, pool.imap(prove, jobs), strict=True):
            unproved += bool(fault)
            how = fault or ("structure" if structure else "red when off")
            print(f"{'✗' if fault else '✓'} {rule_id:<22} {seconds:5.1f} s  {how}", flush=True)
    for rule_id in sorted(strangers):
        print(f"✗ {rule_id:<22}          tests are marked with a rule that nobody declares")
    print(f"{len(jobs) - unproved} of {len(jobs)} rules proved")
    return 1 if unproved or strangers else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
