"""The way to Google: refusals, broken lines, slow answers; keys, and that nobody learns them."""

from __future__ import annotations

import logging
import socket
import traceback
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from generator.sources import google, google_door
from generator.sources.limits import LIMITS
from generator.sources.retry import Patience
from tests.sheets_server import Fault, Server, Tab, dripping, html, late, serve, too_many
from tests.sheets_server.server import KEY

from .spreadsheets import ID, PASSING, Clock, book, by_account, by_key, refused

# --- what goes wrong ---

REFUSALS: dict[str, tuple[Callable[[Server], object], str]] = {
    "not shared": (lambda s: setattr(s.books[ID], "shared", "none"), "google-not-shared"),
    "not there": (lambda s: s.books.clear(), "google-not-found"),
    "an Excel file": (lambda s: setattr(s.books[ID], "office", True), "google-office-file"),
    "a key that is none": (lambda s: s.keys.clear(), "google-login"),
    "an address of nowhere": (lambda s: setattr(s, "before", lambda n, c: html(404)), "google-not-found"),
    "refused as never before": (lambda s: setattr(s, "before", lambda n, c: html(418)), "google-refused"),
}


@pytest.mark.parametrize(("do", "code"), REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_for_good_is_told_at_once(clock: Clock, do: Callable[[Server], object], code: str) -> None:
    with serve(book()) as server, by_key(server) as client:
        do(server)
        assert refused(lambda: google.read(ID, client=client, patience=clock.patience())).code == code
        assert len(server.calls) == 1
    assert clock.slept == []


@pytest.mark.parametrize(("fault", "code"), PASSING.values(), ids=PASSING)
@pytest.mark.parametrize("number", [1, 3])
def test_what_passes_is_waited_for(clock: Clock, fault: Callable[[], Fault], code: str, number: int) -> None:
    with serve(book()) as server, by_key(server) as client:
        server.before = lambda n, call: fault() if number <= n < number + 3 else None
        found = google.read(ID, client=client, patience=clock.patience())
        assert len(server.calls) == 6
    assert found.grids[0].rows[1][0] == "007"
    assert clock.slept == [0.75, 1.5, 3.0]


@pytest.mark.parametrize(("fault", "code"), PASSING.values(), ids=PASSING)
def test_what_does_not_pass_ends_within_the_budget(clock: Clock, fault: Callable[[], Fault], code: str) -> None:
    with serve(book()) as server, by_key(server) as client:
        server.before = lambda n, call: fault()
        error = refused(lambda: google.read(ID, client=client, patience=clock.patience(budget=100)))
        assert error.code in (code, "google-cut")
        assert len(server.calls) == 9
    assert clock.slept == [0.75, 1.5, 3.0, 6.0, 12.0, 22.5, 22.5, 22.5]
    assert clock.now <= 1100


def test_one_budget_is_for_all_three_calls(clock: Clock) -> None:
    with serve(book()) as server, by_key(server) as client:
        server.before = lambda n, call: too_many("30") if n % 2 else None
        error = refused(lambda: google.read(ID, client=client, patience=clock.patience(budget=80)))
        assert error.code == "google-busy"
        assert server.asked == ["get", "get", "values.batchGet", "values.batchGet", "values.batchGet"]
    assert clock.slept == [30.25, 30.25]


def test_the_server_says_how_long_to_wait(clock: Clock) -> None:
    with serve(book()) as server, by_key(server) as client:
        server.before = lambda n, call: too_many("42") if n == 1 else None
        google.read(ID, client=client, patience=clock.patience())
    assert clock.slept == [42.25]


def test_a_wait_beyond_the_budget_is_not_begun_but_told(clock: Clock) -> None:
    with serve(book()) as server, by_key(server) as client:
        server.before = lambda n, call: too_many("3600")
        error = refused(lambda: google.read(ID, client=client, patience=clock.patience()))
        assert len(server.calls) == 1
    assert clock.slept == []
    assert "60 分钟" in error.problem().mend


def test_nobody_there(clock: Clock) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    made = google.credentials({"BUGU_GOOGLE_API_KEY": KEY}, root=Path("/nowhere"))
    with closing(google.connect(made, base=f"http://127.0.0.1:{port}")) as client:
        error = refused(lambda: google.read(ID, client=client, patience=clock.patience()))
    assert error.code == "google-network"
    assert len(clock.slept) == 9


@pytest.mark.parametrize("fault", [late(0.8), dripping(0.02, 100)], ids=["silence", "drops"])
def test_a_slow_answer_ends_as_well(fault: Fault) -> None:
    with serve(book()) as server, by_key(server) as client:
        server.before = lambda n, call: fault
        error = refused(lambda: google.read(ID, client=client, patience=Patience(budget=0.3, first=0.05)))
        assert server.delivered == 0, "not waited for to its end"
    assert error.code == "google-slow"


def test_a_slow_answer_within_the_budget_is_as_good(clock: Clock) -> None:
    with serve(book()) as server, by_key(server) as client:
        server.before = lambda n, call: dripping(0.01, 5)
        assert google.read(ID, client=client, patience=Patience(budget=20)).grids[0].rows[1][0] == "007"


def test_an_answer_that_would_fill_the_memory_is_not_taken_in(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(google_door, "LIMITS", replace(LIMITS, unpacked=100_000))
    with serve(book(Tab("大", [["啊" * 50] * 20] * 100))) as server, by_key(server) as client:
        error = refused(lambda: google.read(ID, client=client, patience=clock.patience()))
    assert error.code == "google-too-big"
    assert server.asked == ["get", "values.batchGet"]


def test_our_own_mistakes_are_not_dressed_up(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(google, "_MASK", "sheets.nothing")
    with serve(book()) as server, by_key(server) as client:
        assert refused(lambda: google.read(ID, client=client, patience=clock.patience())).code == "google-refused"

        def bug() -> None:
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            google_door.ask(clock.patience().start(), bug)


# --- who we are, and that nobody learns it ---


def test_a_service_account_reads_what_is_shared_with_it(clock: Clock, tmp_path: Path, private_key: str) -> None:
    with serve(book(shared="reader")) as server:
        with by_account(server, tmp_path, private_key) as client:
            google.read(ID, client=client, patience=clock.patience())
            google.read(ID, client=client, patience=clock.patience())
        with by_key(server) as client:
            assert (
                refused(lambda: google.read(ID, client=client, patience=clock.patience())).code == "google-not-shared"
            )
    assert server.logins == ["https://www.googleapis.com/auth/spreadsheets.readonly"]
    assert len(server.calls) == 7


def test_a_token_that_ran_out_is_fetched_anew_once(clock: Clock, tmp_path: Path, private_key: str) -> None:
    with serve(book(shared="reader")) as server, by_account(server, tmp_path, private_key) as client:
        google.read(ID, client=client, patience=clock.patience())
        server.tokens.clear()
        google.read(ID, client=client, patience=clock.patience())
        assert len(server.logins) == 2
        server.before = lambda n, call: server.tokens.clear()
        assert refused(lambda: google.read(ID, client=client, patience=clock.patience())).code == "google-login"
    assert len(server.calls) == 3 + 4 + 2


def test_a_key_that_google_does_not_know_any_more(clock: Clock, tmp_path: Path, private_key: str) -> None:
    with serve(book(shared="reader")) as server, by_account(server, tmp_path, private_key) as client:
        server.refuse_login = True
        assert refused(lambda: google.read(ID, client=client, patience=clock.patience())).code == "google-login"
    assert server.calls == []


def test_where_the_key_may_be(tmp_path: Path, private_key: str) -> None:
    repository = tmp_path / "repository"
    repository.mkdir()
    (tmp_path / "link").symlink_to(repository)
    for name, text in {
        "none.json": "{}",
        "list.json": "[]",
        "text.json": "不是 JSON",
        "half.json": '{"type": "service_',
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (repository / "account.json").write_text("{}", encoding="utf-8")

    def code(**environ: str) -> str:
        return refused(lambda: google.credentials(environ, root=repository)).code

    def file(path: Path) -> str:
        return code(GOOGLE_APPLICATION_CREDENTIALS=str(path))

    assert code() == "google-no-key"
    assert code(BUGU_GOOGLE_API_KEY="  ") == "google-no-key"
    assert code(BUGU_GOOGLE_API_KEY="a\nb") == "google-login"
    assert file(tmp_path / "not there.json") == "google-key-file"
    assert file(tmp_path) == "google-key-file"
    assert {file(path) for path in tmp_path.glob("*.json")} == {"google-key-file"}
    assert file(repository / "account.json") == "google-key-inside"
    assert file(tmp_path / "link" / "account.json") == "google-key-inside"
    key = {"BUGU_GOOGLE_API_KEY": KEY}
    assert refused(lambda: google.credentials(key, root=repository, writing=True)).code == "google-key-reads"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "名册.xlsx",
        "https://example.com/spreadsheets/d/" + ID,
        "http://docs.google.com/spreadsheets/d/" + ID,
        "https://docs.google.com/document/d/" + ID,
        "https://docs.google.com/spreadsheets/d/e/2PACX-1vQ/pubhtml",
        "https://docs.google.com/spreadsheets/d/short/edit",
        "https://docs.google.com.example.com/spreadsheets/d/" + ID,
        ID + "/../../v4",
        "x" * 101,
    ],
)
def test_what_is_no_address(text: str) -> None:
    assert refused(lambda: google.key_of(text)).code == "google-address"


@pytest.mark.parametrize("path", ["d/", "u/1/d/"])
@pytest.mark.parametrize("rest", ["", "/", "/edit", "/edit?gid=0#gid=0", "?usp=sharing", "/view#gid=7"])
def test_what_is_one(path: str, rest: str) -> None:
    assert google.key_of(f"https://docs.google.com/spreadsheets/{path}{ID}{rest}") == ID


def test_no_redirect_carries_the_key_elsewhere(clock: Clock) -> None:
    with serve(book()) as elsewhere, serve(book()) as server, by_key(server) as client:
        server.before = lambda n, call: Fault(to=f"{elsewhere.base}{call.path}")
        assert refused(lambda: google.read(ID, client=client, patience=clock.patience())).code == "google-refused"
        assert elsewhere.calls == []


FAULTS = {**{name: fault for name, (fault, _) in PASSING.items()}, "forbidden": lambda: html(403)}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_no_key_gets_into_a_log_or_an_error(
    tmp_path: Path, private_key: str, clock: Clock, caplog: pytest.LogCaptureFixture, fault: Callable[[], Fault]
) -> None:
    caplog.set_level(logging.DEBUG)
    held = book(shared="reader")
    with serve(held) as server, by_account(server, tmp_path, private_key) as client:
        google.read(ID, client=client, patience=clock.patience())
        server.before = lambda n, call: fault()
        error = refused(lambda: google.read(ID, client=client, patience=clock.patience()))
        with by_key(server) as client_by_key:
            other = refused(lambda: google.read(ID, client=client_by_key, patience=clock.patience()))
    out = [caplog.text, *[repr(vars(e)) + repr(e) + "".join(traceback.format_exception(e)) for e in (error, other)]]
    secrets = [KEY, *server.tokens, "ya29", private_key[40:80], "PRIVATE KEY", "gserviceaccount", "iamcredentials"]
    assert len(server.tokens) == 1
    assert not [s for s in secrets if any(s in text for text in out)]
