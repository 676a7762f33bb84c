"""Refuses sub-interpreters where Python does not: errors would be of the classes of another one."""

from __future__ import annotations

import importlib
import sys

if sys.version_info < (3, 12):
    try:
        _interpreters = importlib.import_module("_xxsubinterpreters")
    except ImportError:
        # A Python without them.
        pass
    else:
        if _interpreters.get_current() != _interpreters.get_main():
            raise ImportError(
                "fapiao works in the main interpreter only: give each application a process of its own "
                "(mod_wsgi: WSGIApplicationGroup %{GLOBAL}; uWSGI: single-interpreter = true)"
            )
