"""What a small change costs: ``bugu build`` again after one row was changed, and after nothing was."""

from __future__ import annotations

import csv
from pathlib import Path

from .measure import Cost, run
from .peers import BUGU


def change_one(records: Path) -> None:
    """Change what one matter says."""
    path = sorted(records.glob("*/matters.csv"))[0]
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    rows[1][rows[0].index("内容")] += "（已改）"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def rebuilds(checkout: Path, records: Path, out: Path) -> dict[str, Cost]:
    """Costs of the builds after the first one of a folder: with nothing changed, and with one row changed."""
    command = [*BUGU, "--records", str(records), "--out", str(out)]
    run(command, checkout)
    unchanged = run(command, checkout)
    change_one(records)
    return {"nothing changed": unchanged, "one row changed": run(command, checkout)}
