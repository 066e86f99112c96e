"""The commands that see the volunteers' own sheets, one a file: arguments in, exit code out."""

from __future__ import annotations

FINE, PROBLEMS, USAGE, FAULT = 0, 1, 2, 3
