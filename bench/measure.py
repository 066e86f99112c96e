"""What a command costs, told by the operating system about the child process that ran it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True)
class Cost:
    """``cpu``: user and system seconds of the child and its children; ``seconds``: by the clock; ``memory``: peak bytes."""

    cpu: float
    seconds: float
    memory: int


@dataclass(frozen=True)
class Written:
    """What stands in a folder: files, bytes, and the bytes of the largest file under ``search/``."""

    files: int
    size: int
    search: int


class Failed(Exception):
    """A measured command ended badly; the text is what it said."""


def run(command: Sequence[str], folder: Path, environ: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end in a folder. Raises :class:`Failed` when it doesn't end with 0.

    A small process stands between, for a child's peak memory begins with that of the process it was born of.
    """
    began = time.monotonic()
    between = [sys.executable, "-P", __file__, *command]
    done = subprocess.run(between, cwd=folder, env=environ, stdin=subprocess.DEVNULL, capture_output=True, check=True)
    seconds = time.monotonic() - began
    code, cpu, memory = json.loads(done.stdout)
    if code:
        words = done.stderr.decode("utf-8", "replace")[-4000:]
        raise Failed(f"{' '.join(command)} ended with {code}:\n{words}")
    return Cost(cpu, seconds, memory * (1 if sys.platform == "darwin" else 1024))


def _between(command: Sequence[str]) -> None:
    """Run a command, all it says to the standard error; then print its exit code, CPU seconds and peak memory."""
    child = subprocess.Popen(command, stdout=sys.stderr)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    print(json.dumps([child.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss]))


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(median(c.cpu for c in costs), median(c.seconds for c in costs), int(median(c.memory for c in costs)))


def written(folder: Path) -> Written:
    """Count a built site."""
    sizes = {p: p.stat().st_size for p in folder.rglob("*") if p.is_file()}
    search = [size for p, size in sizes.items() if p.relative_to(folder).parts[0] == "search"]
    return Written(len(sizes), sum(sizes.values()), max(search, default=0))


def per_page(many: Cost, none: Cost, pages: int) -> float:
    """Milliseconds of CPU that each record page adds to a build of none."""
    return (many.cpu - none.cpu) / pages * 1000


if __name__ == "__main__":
    _between(sys.argv[1:])
