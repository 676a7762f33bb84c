"""Shared by all tests."""

from __future__ import annotations

import collections
from collections.abc import Iterator

import pytest
from support import Sandbox

CASES: collections.Counter[tuple[str, str]] = collections.Counter()
"""How many cases of which vector file came out how."""

FIGURES: list[str] = []
"""What was measured."""


@pytest.fixture(scope="session")
def running() -> Iterator[Sandbox]:
    """One sandbox for the whole session."""
    sandbox = Sandbox()
    yield sandbox
    sandbox.stop()


@pytest.fixture
def sandbox(running: Sandbox) -> Sandbox:
    """The sandbox, as if freshly started."""
    running.control("/reset", {})
    running.control("/faults", method="DELETE")
    return running


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints what was measured, and how many cases of which vector file ran: a reader sees that none was left out."""
    for figure in FIGURES:
        terminalreporter.write_line(figure)
    if not CASES:
        return
    terminalreporter.write_line(f"{'file':34}{'cases':>8}{'not expressible':>18}")
    for file in sorted({file for file, _ in CASES}):
        terminalreporter.write_line(f"{file:34}{CASES[file, 'ran']:>8}{CASES[file, 'inexpressible']:>18}")
    terminalreporter.write_line(f"{'total':34}{sum(n for (_, how), n in CASES.items() if how == 'ran'):>8}")
