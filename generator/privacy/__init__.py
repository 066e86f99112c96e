"""The gate: a full row goes in, a public row comes out; private rows go in, suppressed counts come out. Nothing else makes
public rows and counts.

Rules: names without office or consent are masked (个人信息保护法 §§13, 25); ID numbers, mobile numbers,
bank cards and addresses down to the room are never published (§§6, 28), wherever they were typed; of private sheets nothing but
counts, of which none is under the sheet's ``least``.
"""

from .counts import Count, CountTable, Derivable, count_words, read_mark, reprinted, suppressed
from .names import doubtful, is_named, looks_named, mask, whole_names
from .rows import OPEN, publish, released, veiled
from .spotting import Finding, hide, is_bank_card, is_id_number, scan

__all__ = [
    "OPEN",
    "Count",
    "CountTable",
    "Derivable",
    "Finding",
    "count_words",
    "doubtful",
    "hide",
    "is_bank_card",
    "is_id_number",
    "is_named",
    "looks_named",
    "mask",
    "publish",
    "read_mark",
    "released",
    "reprinted",
    "scan",
    "suppressed",
    "veiled",
    "whole_names",
]
