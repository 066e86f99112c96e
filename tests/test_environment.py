"""The files a newcomer's `make site` and `make test` stand on."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

LOCKS = {
    "requirements.txt": ["install"],
    "requirements-test.txt": ["install", "test"],
    "requirements-bench.txt": ["bench"],
    "requirements-tables.txt": ["tables"],
}
ALONE = {"requirements-bench.txt", "requirements-tables.txt"}  # beside the lock for tests, not above it
PIN = re.compile(r"^([a-z0-9-]+)==([^ \\]+)(?: ; ([^\\]+?))? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.M)


def normal(name: str) -> str:
    return re.split(r"[ <>=!~;\[]", name, maxsplit=1)[0].lower().replace("_", "-")


@pytest.fixture(scope="module")
def declared(root: Path) -> dict[str, set[str]]:
    """Package names by group; ``bugu`` is what Bugu itself needs to run."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    groups = {"bugu": project["project"]["dependencies"], **project["dependency-groups"]}
    return {group: {normal(each) for each in wanted} for group, wanted in groups.items()}


def pins(lock: Path) -> dict[str, set[tuple[str, str]]]:
    """Locked versions by package: pairs of version and the condition under which it is taken."""
    found: dict[str, set[tuple[str, str]]] = {}
    for name, version, condition, _hashes in PIN.findall(lock.read_text(encoding="utf-8")):
        found.setdefault(name, set()).add((version, condition))
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_every_declared_package_is_locked(lock: str, root: Path, declared: dict[str, set[str]]) -> None:
    groups = LOCKS[lock] if lock in ALONE else ["bugu", *LOCKS[lock]]
    wanted = set().union(*(declared[group] for group in groups))
    assert wanted - pins(root / lock).keys() == set(), f"not in {lock}; run: make lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_a_pin_with_hashes(lock: str, root: Path) -> None:
    """So no address, no path and no package without a hash stands in it."""
    rest = PIN.sub("", (root / lock).read_text(encoding="utf-8"))
    assert [line for line in rest.splitlines() if line.strip() and not line.lstrip().startswith("#")] == []


def test_tests_run_with_the_versions_that_the_site_is_built_with(root: Path) -> None:
    site, test = pins(root / "requirements.txt"), pins(root / "requirements-test.txt")
    assert {name: test.get(name) for name in site} == site


def test_every_dependency_is_explained(root: Path, declared: dict[str, set[str]]) -> None:
    page = (root / "docs" / "dependencies.md").read_text(encoding="utf-8")
    first_cells = re.findall(r"^\| (`[^|]+) \|", page, re.M)
    named = {normal(name) for cell in first_cells for name in re.findall(r"`([^`]+)`", cell)}
    assert named == set().union(*declared.values())


def test_make_help_lists_every_target_a_person_may_call(root: Path) -> None:
    phony = re.search(r"^\.PHONY: (.+)$", (root / "Makefile").read_text(encoding="utf-8"), re.M)
    assert phony
    help_ = subprocess.run(["make", "help"], cwd=root, capture_output=True, text=True, check=True).stdout
    listed = {line.split()[1] for line in help_.splitlines() if line.startswith("  make ")}
    assert listed == set(phony[1].split()) - {"chromium"}
