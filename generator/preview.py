"""``bugu serve``: MkDocs' own live preview, with our command line's words."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import console


def serve(root: Path, address: str, config: Callable[[], Any]) -> int:
    """Serve the site until it is stopped; every save of a record, template, procedure or page builds it again."""
    from mkdocs.commands import serve as preview

    host, _, port = address.rpartition(":")
    if not host or not port.isdigit():
        print(console.say("usage-address", found=address), file=sys.stderr)
        return 2
    logging.getLogger("mkdocs").setLevel(logging.INFO)
    print(console.say("serving", address=address))
    preview.serve(str(root / "mkdocs.yml"), dev_addr=address, extra=dict(config().extra))
    return 0
