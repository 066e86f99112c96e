"""Feeds (Atom, RFC 4287): what began to be shown and how matters ended, for readers who follow a community.

A feed says the same on every build of the same records: its dates are those of the events, never the clock's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import urlsplit
from xml.etree import ElementTree as Xml

from .facts.events import Event, events
from .facts.whole import Whole
from .templating import cn_date, state_of, word, words

ATOM = "http://www.w3.org/2005/Atom"
LATEST = 50
NAME = "feed.xml"
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feeds(whole: Whole, site_url: str) -> Iterator[tuple[str, bytes]]:
    """The district's feed and one a community: name of the file, its bytes. None where the site has no address."""
    if not urlsplit(site_url).hostname:
        return
    district = whole.records.district
    everything = events(whole.cases.all(), whole.today)
    yield NAME, _feed(district.title or district.name, "", everything[:LATEST], whole, site_url)
    for c in whole.records.communities:
        own = [e for e in everything if e.case.community == c.id][:LATEST]
        yield f"{c.id}/{NAME}", _feed(c.name, f"{c.id}/", own, whole, site_url)


def _feed(title: str, at: str, found: Sequence[Event], whole: Whole, site_url: str) -> bytes:
    site = site_url.rstrip("/") + "/"
    host = urlsplit(site_url).hostname
    root = Xml.Element("feed", {"xmlns": ATOM, "xml:lang": "zh-CN"})
    _text(root, "title", words()["feed"]["title"].format(name=title))
    _text(root, "id", f"tag:{host},2026:{at}{NAME}")
    _text(root, "updated", _moment(max((e.on for e in found), default=whole.today)))
    Xml.SubElement(root, "link", {"rel": "self", "href": f"{site}{at}{NAME}"})
    Xml.SubElement(root, "link", {"rel": "alternate", "href": f"{site}{at}"})
    author = Xml.SubElement(root, "author")
    _text(author, "name", title)
    for event in found:
        _entry(root, event, f"tag:{host},2026:", site)
    written: bytes = Xml.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + written


def _entry(root: Xml.Element, event: Event, tag: str, site: str) -> None:
    entry = Xml.SubElement(root, "entry")
    matter = event.case.matter
    _text(entry, "title", words()["feed"]["entry"].format(what=word(event.what, "event"), title=matter.title))
    _text(entry, "id", tag + event.id)
    _text(entry, "updated", _moment(event.on))
    Xml.SubElement(entry, "link", {"rel": "alternate", "href": f"{site}{event.case.community}/matters/{matter.id}/"})
    _text(entry, "summary", _summary(event))


def _summary(event: Event) -> str:
    said, state = words()["feed"], state_of(event.case.standing)
    until = said["until"].format(day=cn_date(event.until)) if event.until else ""
    return said["summary"].format(day=cn_date(event.on), what=word(event.what, "event"), until=until, state=state)


def _text(parent: Xml.Element, name: str, text: str) -> None:
    """A text, without what no XML may have (XML 1.0 §2.2)."""
    Xml.SubElement(parent, name).text = _NO_CHARACTER.sub("", text)


def _moment(day: date) -> str:
    """A day as feeds want it; the records know no time of day."""
    return f"{day}T00:00:00+08:00"
