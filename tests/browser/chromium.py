"""Find a Chromium that is already here. ``python -m tests.browser.chromium`` prints it, or why tests cannot use one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
NONE_HERE = (
    "没有找到浏览器，网页测试没有运行。请安装 Chromium，或者用 BUGU_CHROMIUM 写明它的位置 / "
    "no browser found, so the browser tests did not run: apt install chromium, "
    "or .venv/bin/playwright install --with-deps chromium, or name one in BUGU_CHROMIUM"
)
DRIVER_FAILS = (
    "浏览器的驱动程序不能运行，网页测试没有运行 / Playwright's driver does not run, so the browser tests did not "
    "(on Debian: apt install libatomic1): "
)


def find(environ: Mapping[str, str]) -> Path | None:
    """The browser that ``BUGU_CHROMIUM`` names, else one on the ``PATH``, else one from Playwright, else None.

    Raises ``FileNotFoundError`` where ``BUGU_CHROMIUM`` names nothing that runs: silently using another browser than
    the one asked for would mislead.
    """
    named = environ.get("BUGU_CHROMIUM")
    if named:
        found = shutil.which(named)
        if not found:
            raise FileNotFoundError(f"BUGU_CHROMIUM={named}：这里没有可以运行的浏览器 / nothing there that runs")
        return Path(found)
    for name in NAMES:
        found = shutil.which(name, path=environ.get("PATH"))
        if found and not is_snap_stub(Path(found)):
            return Path(found)
    return from_playwright(environ)


def from_playwright(environ: Mapping[str, str]) -> Path | None:
    """The newest browser that ``playwright install chromium`` left here, else None."""
    cache = Path(environ.get("HOME", "/")) / ".cache" / "ms-playwright"
    folder = Path(environ.get("PLAYWRIGHT_BROWSERS_PATH") or cache)
    return max(folder.glob("chromium-*/chrome-linux*/chrome"), default=None)


def is_snap_stub(program: Path) -> bool:
    """Ubuntu's ``chromium-browser`` may be a shell script that only says to install the snap."""
    head = program.read_bytes()[:4096]
    return head.startswith(b"#!") and b"snap install chromium" in head


def why_none(environ: Mapping[str, str]) -> str | None:
    """Why no browser can be driven here, in Chinese and English, or None where one can."""
    try:
        if not find(environ):
            return NONE_HERE
    except FileNotFoundError as wrong:
        return str(wrong)
    driver = subprocess.run([sys.executable, "-m", "playwright", "--version"], capture_output=True, text=True)
    return DRIVER_FAILS + driver.stderr.strip() if driver.returncode else None


def launch_arguments(uid: int) -> list[str]:
    """What makes Chromium keep to the pages under test; as root it has no sandbox to offer."""
    quiet = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-quic",
        "--disable-sync",
        "--no-first-run",
    ]
    return [*quiet, "--no-sandbox"] if uid == 0 else quiet


def main() -> int:
    reason = why_none(os.environ)
    print(reason or find(os.environ))
    return 1 if reason else 0


if __name__ == "__main__":
    sys.exit(main())
