"""Procedures, voting rules and limits are data: ``records/procedures/*.toml``, one version of one of them a file.

What a file may say is declared once, by the fields of the dataclasses here; ``load`` reads, checks and
reports by those fields, and their words are what residents read on the pages of rules.
"""

from __future__ import annotations

from .limits import Limit, Limits
from .loading import Procedures, load
from .rules import COUNTED_BY, DECIDES, UNRETURNED, Demand, Rule, Words
from .shares import Threshold
from .steps import RESTARTS, STEP_KINDS, Publicity, Step
from .versions import DAY_KINDS, MEETING_KINDS, Convened, Rhythm, Version
from .ways import SIZES, Procedure, Size

__all__ = [
    "COUNTED_BY",
    "DAY_KINDS",
    "DECIDES",
    "MEETING_KINDS",
    "RESTARTS",
    "SIZES",
    "STEP_KINDS",
    "UNRETURNED",
    "Convened",
    "Demand",
    "Limit",
    "Limits",
    "Procedure",
    "Procedures",
    "Publicity",
    "Rhythm",
    "Rule",
    "Size",
    "Step",
    "Threshold",
    "Version",
    "Words",
    "load",
]
