"""The command line: arguments in, exit code out.

0 fine, 1 problems in the data, 2 wrong usage, 3 our fault or the network's.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from . import __version__, console
from .problems import Problem

FINE, PROBLEMS, USAGE, FAULT = 0, 1, 2, 3


def root() -> Path:
    """The checkout: the nearest folder upward with a ``mkdocs.yml``, else the one this package lies in."""
    for folder in (Path.cwd(), *Path.cwd().parents):
        if (folder / "mkdocs.yml").exists() and (folder / "templates").is_dir():
            return folder
    return Path(__file__).resolve().parent.parent


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(console.say("usage-day", found=text)) from None


def _seconds(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 86400:
        raise argparse.ArgumentTypeError(console.say("usage-seconds", found=text))
    return found


def _clock() -> date:
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def parser() -> argparse.ArgumentParser:
    """All commands and options, each with its help."""
    say = console.say
    top = argparse.ArgumentParser(prog="bugu", description=say("about"), add_help=False)
    top.add_argument("-h", "--help", action="help", help=say("help-help"))
    top.add_argument("--version", action="version", version=f"bugu {__version__}", help=say("help-version"))
    commands = top.add_subparsers(dest="command", metavar=say("command"), required=True)

    def command(name: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=say(f"help-{name}"), description=say(f"help-{name}"), add_help=False)
        sub.add_argument("-h", "--help", action="help", help=say("help-help"))
        return sub

    def where(sub: argparse.ArgumentParser) -> None:
        sub.add_argument("--records", type=Path, metavar="DIR", help=say("option-records"))
        sub.add_argument("--today", type=_day, metavar="YYYY-MM-DD", help=say("option-today"))
        sub.add_argument("--community", action="append", default=[], metavar="ID", help=say("option-community"))

    build = command("build")
    where(build)
    build.add_argument("--out", type=Path, metavar="DIR", help=say("option-out"))
    build.add_argument("--force", action="store_true", help=say("option-force"))
    build.add_argument("--quiet", action="store_true", help=say("option-quiet"))
    check = command("check")
    check.add_argument("paths", nargs="*", metavar="PATH", help=say("option-paths"))
    check.add_argument("--records", type=Path, metavar="DIR", help=say("option-records"))
    check.add_argument("--format", choices=("text", "json"), default="text", help=say("option-format"))
    check.add_argument("--today", type=_day, metavar="YYYY-MM-DD", help=say("option-today"))
    check.add_argument("--community", action="append", default=[], metavar="ID", help=say("option-whose"))
    check.add_argument("--out", type=Path, metavar="FILE", help=say("option-marked"))
    _feedback(check)
    serve = command("serve")
    where(serve)
    serve.add_argument("--address", default="127.0.0.1:8000", metavar="HOST:PORT", help=say("option-address"))
    papers = command("notices")
    where(papers)
    which = papers.add_mutually_exclusive_group()
    which.add_argument("--matter", metavar="ID", help=say("option-matter"))
    which.add_argument("--all", action="store_true", help=say("option-all"))
    which.add_argument("--due", action="store_true", help=say("option-due"))
    which.add_argument("--new", action="store_true", help=say("option-new"))
    papers.add_argument("--paper", choices=("A4", "A3"), default="A4", help=say("option-paper"))
    papers.add_argument("--out", type=Path, metavar="DIR", help=say("option-notices-out"))
    papers.add_argument("--quiet", action="store_true", help=say("option-quiet"))
    syncing = command("sync")
    syncing.add_argument("source", nargs="?", default="", metavar="SOURCE", help=say("option-source"))
    where(syncing)
    syncing.add_argument("--dry-run", action="store_true", help=say("option-dry-run"))
    syncing.add_argument("--accept-removals", action="store_true", help=say("option-accept-removals"))
    syncing.add_argument("--wait", type=_seconds, default=60.0, metavar="SECONDS", help=say("option-wait"))
    syncing.add_argument("--format", choices=("text", "json"), default="text", help=say("option-format"))
    syncing.add_argument("--quiet", action="store_true", help=say("option-quiet"))
    _feedback(syncing)
    template = command("template")
    template.add_argument("--records", type=Path, metavar="DIR", help=say("option-records"))
    kind = template.add_mutually_exclusive_group()
    kind.add_argument("--out", type=Path, metavar="FILE.xlsx", help=say("option-template-out"))
    kind.add_argument("--google", metavar="ID", help=say("option-google"))
    template.add_argument("--force", action="store_true", help=say("option-overwrite"))
    cards = command("cards")
    cards.add_argument("source", metavar="SOURCE", help=say("option-cards-source"))
    where(cards)
    cards.add_argument("--out", type=Path, metavar="DIR", required=True, help=say("option-cards-out"))
    cards.add_argument("--card", default="", metavar="NUMBER", help=say("option-card"))
    schema = command("schema")
    schema.add_argument("--json", action="store_true", help=say("option-json"))
    return top


def _feedback(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--notes", action="store_true", help=console.say("option-notes"))
    sub.add_argument("--page", type=Path, metavar="FILE.html", help=console.say("option-page"))


def main(arguments: Sequence[str] | None = None, doors: Callable[..., Any] | None = None) -> int:
    """Run one command. Nothing that goes wrong reaches the user as a traceback.

    ``doors``: how to reach what lies outside, for tests: called with the ways as they are, gives others.
    """
    given = parser().parse_args(arguments)
    given.doors = doors or (lambda usual: usual)
    try:
        return {
            "build": run_build,
            "check": run_check,
            "serve": run_serve,
            "notices": run_notices,
            "sync": run_sync,
            "template": run_template,
            "cards": run_cards,
            "schema": run_schema,
        }[given.command](given)
    except KeyboardInterrupt:
        print(console.say("interrupted"), file=sys.stderr)
        return FAULT
    except Exception as error:  # the edge: whatever it was, say it in one line and where to report it
        if os.environ.get("BUGU_TRACEBACK"):
            raise
        seen = given.command in ("sync", "check", "template", "cards")  # these have seen private cells, which an error may quote
        print(console.fault_untold(error) if seen else console.fault(error), file=sys.stderr)
        return FAULT


def _records(given: argparse.Namespace) -> Path:
    return Path(given.records) if given.records else root() / "records"


def _missing(folder: Path, ids: Sequence[str]) -> str | None:
    """What is wrong with the arguments: no such folder, or a community that it doesn't list."""
    from . import reading

    if not folder.is_dir():
        return console.say("usage-no-records", found=folder)
    known = {c.id for c in reading.read(folder).records.communities} if ids else set()
    unknown = [i for i in ids if i not in known]
    if unknown:
        return console.say("usage-no-community", found="、".join(unknown), known="、".join(sorted(known)))
    return None


def _config(given: argparse.Namespace, progress: Any = None) -> Any:
    from mkdocs.config import load_config

    out = {"site_dir": str(given.out.resolve())} if getattr(given, "out", None) else {}
    config = load_config(str(root() / "mkdocs.yml"), **out)
    config.extra["bugu"] = {
        "records": _records(given).resolve(),
        "today": given.today,
        "clock": _clock(),
        "communities": tuple(given.community),
        "progress": progress,
    }
    return config


def run_build(given: argparse.Namespace) -> int:
    """``bugu build``: the whole site. Nothing to do when nothing it depends on has changed."""
    began = time.monotonic()
    if wrong := _missing(_records(given), given.community):
        print(wrong, file=sys.stderr)
        return USAGE
    import logging

    from mkdocs.commands.build import build
    from mkdocs.exceptions import Abort

    from . import build as recipe
    from . import mkdocs_hook, receipt

    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    config = _config(given, console.Progress(given.quiet))
    options = mkdocs_hook.options(config)
    stamp = recipe.fingerprint(options)
    last = None if given.force else receipt.read(options, stamp)
    if last:
        return _report(given, last, [], console.say("unchanged"), time.monotonic() - began)
    try:
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    except Abort:  # MkDocs has said why
        return PROBLEMS if config.extra.get("bugu_leaks") else FAULT
    gathered = config.extra["bugu_result"]
    made = receipt.write(options, stamp, gathered)
    return _report(given, made, gathered.problems, "", time.monotonic() - began)


def _report(given: argparse.Namespace, made: dict[str, Any], problems: list[Problem], head: str, seconds: float) -> int:
    if not given.quiet:
        print(console.built(made, head, seconds))
    lines = [p.line() for p in problems] or made["problem_lines"]
    if lines:
        print(console.problems(lines), file=sys.stderr)
    return PROBLEMS if lines else FINE


def run_check(given: argparse.Namespace) -> int:
    """``bugu check``: every problem of the records, or of the files named."""
    from . import build as recipe
    from .commands import check

    theirs = [p for p in given.paths if check.is_theirs(p)]
    ours = [Path(p) for p in given.paths if p not in theirs]
    if theirs and not ours:
        return check.run(given, theirs, _records(given), _doors(given), _clock())
    if theirs or given.notes or given.page or given.out:
        print(console.say("usage-check-kinds"), file=sys.stderr)
        return USAGE
    folders = ours or [_records(given)]
    for path in folders:
        if not path.exists():
            print(console.say("usage-no-path", found=path), file=sys.stderr)
            return USAGE
    found: list[Problem] = []
    for path in folders:
        folder, keep = _folder_of(path)
        _, problems = recipe.check(folder, _clock(), given.today)
        found += [p for p in problems if keep(p.place.file)]
    if given.format == "json":
        print(json.dumps([p.as_dict() for p in found], ensure_ascii=False, indent=1))
    else:
        print(console.checked([p.line() for p in found]))
    return PROBLEMS if found else FINE


def _folder_of(path: Path) -> tuple[Path, Callable[[str], bool]]:
    """The records folder that a path lies in, and which of its files the path means."""
    path = path.resolve()
    for folder in (path, *path.parents):
        if (folder / "district.toml").exists() or (folder / "communities.csv").exists():
            return folder, _within(folder, path)
    return (path if path.is_dir() else path.parent), lambda file: True


def _within(folder: Path, path: Path) -> Callable[[str], bool]:
    name = (Path(folder.name) / path.relative_to(folder)).as_posix()
    return lambda file: folder == path or file == name or file.startswith(name + "/")


def run_serve(given: argparse.Namespace) -> int:
    """``bugu serve``: the site on this machine, built again at each save."""
    if wrong := _missing(_records(given), given.community):
        print(wrong, file=sys.stderr)
        return USAGE
    from . import preview

    return preview.serve(root(), given.address, lambda: _config(given))


def run_notices(given: argparse.Namespace) -> int:
    """``bugu notices``: what is to be done at the board today, and the PDFs for it."""
    if wrong := _missing(_records(given), given.community):
        print(wrong, file=sys.stderr)
        return USAGE
    from . import mkdocs_hook
    from .commands import notices

    options = mkdocs_hook.options(_config(argparse.Namespace(**{**vars(given), "out": None})))
    return notices.run(given, options, _clock())


def _doors(given: argparse.Namespace) -> Any:
    from .sync import Doors

    return given.doors(Doors(root=root(), base=Path.cwd(), environ=os.environ))


def run_sync(given: argparse.Namespace) -> int:
    """``bugu sync``: the volunteers' sheets into ``records/``."""
    from . import mkdocs_hook
    from .commands import sync

    records = _records(given)
    doors = _doors(given)
    if not given.source:  # paths in district.toml are from the folder that holds records/
        doors = replace(doors, base=records.resolve().parent)
    options = replace(mkdocs_hook.options(_config(given)), communities=())
    return sync.run(given, records, doors, options)


def run_template(given: argparse.Namespace) -> int:
    """``bugu template``: the volunteers' workbook."""
    from .commands import template

    return template.run(given, _records(given), _doors(given))


def run_cards(given: argparse.Namespace) -> int:
    """``bugu cards``: each holder's statement and the cards to print, for the volunteers alone."""
    from .commands import cards

    return cards.run(given, _records(given), _doors(given), _clock())


def run_schema(given: argparse.Namespace) -> int:
    """``bugu schema``: every sheet and column."""
    from .sheets import discover

    sheets = list(discover().values())
    print(console.schema_json(sheets) if given.json else console.schema(sheets))
    return FINE


if __name__ == "__main__":
    sys.exit(main())
