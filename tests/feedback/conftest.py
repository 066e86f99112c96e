"""What the tests of the Google source have, for the notes on its cells."""

from __future__ import annotations

from tests.sources.conftest import clock, private_key

__all__ = ["clock", "private_key"]
