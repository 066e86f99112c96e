"""A hook for MkDocs: Bugu's own, but the pages are taken finished from a peer's sources instead of drawn from records.

So Bugu and MkDocs are given the same and make the same of it. It is copied into the checkout that is measured.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from generator import mkdocs_hook as hook
from generator import pages
from generator.mkdocs_hook import (  # noqa: F401
    on_build_error,
    on_files,
    on_page_content,
    on_page_markdown,
    on_post_build,
    on_post_page,
    on_post_template,
    on_startup,
)


def finished(folder: Path, *, records: bool) -> Iterator[pages.Page]:
    """The pages of a folder of sources (``peers.source``, ``html``): record pages, or the others."""
    for path in sorted(folder.rglob("index.md")):
        url = path.parent.relative_to(folder).as_posix().removeprefix(".")
        url = f"{url}/" if url else ""
        if (url.count("/") == 3) is records:
            _, head, body = path.read_text("utf-8").split("---\n", 2)
            title, description = (json.loads(line.partition(": ")[2]) for line in head.splitlines()[:2])
            yield pages.Page(url, title, description, body[len("<div>\n") : -len("\n</div>\n")])


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    folder = Path(config.extra["bugu"]["finished"])
    pages.index_pages = lambda book: finished(folder, records=False)
    pages.record_pages = lambda book: finished(folder, records=True)
    return hook.on_config(config)
