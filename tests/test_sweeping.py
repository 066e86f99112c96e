"""Python's search for rubbish is put off, and taken up again whatever happens."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from generator import sweeping
from generator.sweeping import no_sweeping


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    gc.unfreeze()
    gc.enable()


class Held:
    """Something that holds itself, so that only a sweep frees it."""

    def __init__(self) -> None:
        self.itself = self


def test_it_is_off_within_and_on_again_afterwards() -> None:
    with no_sweeping():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_on_again_after_an_error() -> None:
    with pytest.raises(ValueError, match="wrong"), no_sweeping(keep=True):
        raise ValueError("wrong")
    assert gc.isenabled()


def test_where_it_was_off_it_stays_off() -> None:
    gc.disable()
    with no_sweeping():
        pass
    assert not gc.isenabled()


def test_few_things_are_swept_as_ever() -> None:
    with no_sweeping(keep=True):
        pass
    assert gc.get_freeze_count() == 0


def test_many_things_that_are_kept_are_not_gone_through_until_the_next_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "MANY", 1_000)
    with no_sweeping(keep=True):
        made = [Held() for _ in range(2_000)]
    assert gc.get_freeze_count() > 2_000
    gone = weakref.ref(made[0])
    del made
    gc.collect()
    assert gone() is not None
    with no_sweeping(keep=True):
        assert gone() is None
    assert gc.get_freeze_count() == 0


def test_without_keep_many_things_are_swept_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "MANY", 1_000)
    with no_sweeping():
        made = [Held() for _ in range(2_000)]
    gone = weakref.ref(made[0])
    del made
    gc.collect()
    assert gone() is None
