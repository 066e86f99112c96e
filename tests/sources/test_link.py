"""Links as people share them, answered by a server of our own; and the ways a link may lead where it should not."""

from __future__ import annotations

import gzip
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from generator.raw import Book
from generator.sources import SourceError, link
from generator.sources.internet import Internet
from generator.sources.limits import LIMITS, Limits

CSV = "编号,标题\nDS-1,停车难\n".encode()
WORKBOOK = (Path(__file__).parent.parent / "fixtures" / "workbooks" / "libreoffice.xlsx").read_bytes()
Answer = Callable[[BaseHTTPRequestHandler], None]


def answer(body: bytes = b"", status: int = 200, length: int | None = None, **headers: str) -> Answer:
    """An answer as a server gives it. ``length``: what it says of itself, where that is not the truth."""

    def give(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value.encode().decode("latin-1"))
        request.send_header("Content-Length", str(len(body) if length is None else length))
        request.end_headers()
        request.wfile.write(body)

    return give


def onward(to: str) -> Answer:
    return answer(status=302, Location=to)


class Site(ThreadingHTTPServer):
    """Answers by path, and remembers what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, str]] = []
        super().__init__(("127.0.0.1", 0), Handler)

    def url(self, path: str, host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.server_address[1]}{path}"

    def handle_error(self, *_: object) -> None:
        """We hang up on purpose."""


class Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append((self.headers["Host"], self.path))
        self.server.answers[self.path](self)

    def log_message(self, *_: object) -> None: ...


@contextmanager
def running(site: Site) -> Iterator[Site]:
    thread = Thread(target=site.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.shutdown()
        site.server_close()


@pytest.fixture
def site() -> Iterator[Site]:
    with running(Site()) as made:
        yield made


HERE = Internet(loopback=True)


def read(url: str, opener: Internet = HERE, limits: Limits = LIMITS) -> Book:
    return link.read(url, opener=opener, clock=time.monotonic, limits=limits)


def refusal(url: str, opener: Internet = HERE, limits: Limits = LIMITS) -> str:
    with pytest.raises(SourceError) as caught:
        read(url, opener, limits)
    problem = caught.value.problem(link.place(url))
    assert problem.says
    assert problem.mend
    return caught.value.code


# --- what comes back


def test_a_workbook_whose_name_only_the_server_knows(site: Site) -> None:
    named = "attachment; filename*=UTF-8''%E5%90%8D%E5%86%8C.xlsx"
    site.answers["/s/AbC?key=秘密"] = site.answers["/s/AbC?key=%E7%A7%98%E5%AF%86"] = answer(
        WORKBOOK, Content_Disposition=named
    )
    book = read(site.url("/s/AbC?key=秘密"))
    assert book.name == "名册.xlsx"
    assert book.grids[0].rows[0][0] == "东胜小区议题台账"
    assert book.grids[0].place == site.url("/s/AbC")
    assert {p.place.file for p in book.remarks} == {site.url("/s/AbC")}


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ('attachment; filename="matters.csv"', "matters.csv"),
        ("attachment; filename=议题台账.csv", "议题台账.csv"),
        ("attachment; filename=\"x.csv\"; filename*=utf-8''%E8%AE%AE%E9%A2%98.csv", "议题.csv"),
        ('attachment; filename="%E8%AE%AE%E9%A2%98.csv"', "议题.csv"),
        ('attachment; filename="../../etc/passwd"', "etcpasswd"),
        ("", "download"),
    ],
)
def test_names(site: Site, given: str, name: str) -> None:
    site.answers["/download"] = answer(CSV, Content_Disposition=given)
    book = read(site.url("/download"))
    assert book.name == name
    assert book.grids[0].title == name.removesuffix(".csv")
    assert book.grids[0].rows == (("编号", "标题"), ("DS-1", "停车难"))


def test_a_server_that_packs_what_it_sends(site: Site) -> None:
    site.answers["/a.csv"] = answer(gzip.compress(CSV), Content_Encoding="gzip")
    assert read(site.url("/a.csv")).grids[0].rows[1] == ("DS-1", "停车难")


def test_redirects_are_followed_relative_ones_too(site: Site) -> None:
    site.answers |= {
        "/s/1": onward("/s/2"),
        "/s/2": onward(site.url("/文件.csv")),
        "/%E6%96%87%E4%BB%B6.csv": answer(CSV),
    }
    assert read(site.url("/s/1")).name == "文件.csv"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (
            answer(b"<!DOCTYPE html><title>\xe7\x99\xbb\xe5\xbd\x95</title>", Content_Type="application/octet-stream"),
            "link-page",
        ),
        (answer(b'{"code":1002,"msg":"no permission"}'), "link-no-table"),
        (answer(b"%PDF-1.7"), "link-no-table"),
        (answer(b""), "book-empty"),
        (answer(b"PK\x03\x04"), "book-broken"),
        (answer(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "book-old"),
        (answer(status=401), "link-forbidden"),
        (answer(status=403), "link-forbidden"),
        (answer(status=404), "link-gone"),
        (answer(status=429), "link-busy"),
        (answer(status=503), "link-server"),
        (answer(status=302), "link-server"),
        (answer(WORKBOOK[:5000], length=len(WORKBOOK)), "link-cut"),
        (answer(gzip.compress(CSV)[:-9], Content_Encoding="gzip"), "link-cut"),
        (answer(b"nonsense", Content_Encoding="br"), "link-cut"),
        (onward("/x"), "link-redirects"),
        (onward("file:///etc/passwd"), "link-form"),
        (onward("http://[x/"), "link-form"),
        (onward("http://user:pass@127.0.0.1/"), "link-credentials"),
        (onward("http://[::ffff:10.0.0.1]/"), "link-private"),
        (onward("http://169.254.169.254/latest/meta-data/"), "link-private"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_a_table(site: Site, given: Answer, code: str) -> None:
    site.answers["/x"] = given
    assert refusal(site.url("/x")) == code


def test_a_connection_that_breaks(site: Site) -> None:
    site.answers["/x"] = lambda request: request.connection.close()
    assert refusal(site.url("/x")) == "link-cut"


# --- bounds


@pytest.mark.parametrize("honest", [True, False])
def test_size(site: Site, honest: bool) -> None:
    def endless(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        for _ in count():
            request.wfile.write(b"1,2\n" * 16384)

    site.answers["/x"] = answer(b"", length=10**12) if honest else endless
    assert refusal(site.url("/x"), limits=Limits(file=1024 * 1024)) == "book-too-big"


def test_size_of_what_is_packed(site: Site) -> None:
    site.answers["/x"] = answer(gzip.compress(b"1,2\n" * 10**6), Content_Encoding="gzip")
    assert refusal(site.url("/x"), limits=Limits(file=1024 * 1024)) == "book-too-big"


@pytest.mark.parametrize("part", ["head", "body"])
def test_a_server_that_drips_is_given_up(site: Site, part: str) -> None:
    """Each look at this clock takes a second, so nothing here waits."""

    def drip(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\n" + (b"" if part == "head" else b"\r\n"))
        for n in count():
            request.wfile.write(f"X-{n}: 1\r\n".encode() if part == "head" else b"1,2\n")
            request.wfile.flush()
            time.sleep(0.002)

    site.answers["/x"] = drip
    ticks = count()
    with pytest.raises(SourceError, match="link-slow"):
        link.read(site.url("/x"), opener=HERE, clock=lambda: next(ticks), seconds=20)


# --- where a link may lead


PRIVATE = ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
           "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1",
           "2002:7f00:1::", "not an address"]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_refused_however_named(address: str) -> None:
    assert refusal("https://tables.example/x", Internet(lambda _host, _port: [address])) == "link-private"
    assert (
        refusal("https://tables.example/x", Internet(lambda _host, _port: ["93.184.215.14", address])) == "link-private"
    )


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "[::1]", "[::ffff:7f00:1]"]
)
def test_this_machine_is_private_unless_a_test_says_otherwise(site: Site, host: str) -> None:
    site.answers["/x"] = answer(CSV)
    assert refusal(site.url("/x", host), Internet()) in ("link-private", "link-host")
    assert site.asked == []


def test_public_addresses_are_allowed() -> None:
    for address in ("93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"):
        assert Internet(lambda _host, _port, a=address: [a]).addresses("x", 443) == [address]


def test_the_connection_goes_to_the_address_that_was_checked(site: Site) -> None:
    """A name that leads elsewhere when it is looked up again (DNS rebinding): it is looked up once for each request."""
    looked_up: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.1"] if looked_up.count(host) == 1 else ["10.0.0.1"]

    site.answers["/x"] = answer(CSV)
    opener = Internet(resolve, loopback=True)
    assert read(site.url("/x", "tables.example"), opener).grids[0].rows[1] == ("DS-1", "停车难")
    assert looked_up == ["tables.example"]
    assert site.asked == [(site.url("", "tables.example").removeprefix("http://"), "/x")]
    site.answers["/y"] = onward("/x")
    looked_up.clear()
    assert refusal(site.url("/y", "tables.example"), opener) == "link-private"


def test_the_next_address_when_one_does_not_answer(site: Site) -> None:
    site.answers["/x"] = answer(CSV)
    assert read(
        site.url("/x", "tables.example"), Internet(lambda _h, _p: ["127.0.0.2", "127.0.0.1"], loopback=True)
    ).grids


def test_a_host_that_nobody_knows() -> None:
    def resolve(_host: str, _port: int) -> list[str]:
        raise OSError("no such host")

    assert refusal("https://tables.example/", Internet(resolve)) == "link-host"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://example.org/x.csv", "link-form"),
        ("file:///etc/passwd", "link-form"),
        ("example.org/x.csv", "link-form"),
        ("https://", "link-form"),
        ("https://[::1/x", "link-form"),
        ("https://example.org:99999/", "link-form"),
        ("https://exa mple.org:x/", "link-form"),
        ("https://" + "a" * 70 + ".org/", "link-form"),
        ("https://user:秘密@example.org/x", "link-credentials"),
    ],
)
def test_links_that_are_none(url: str, code: str) -> None:
    assert refusal(url) == code


def test_no_secret_of_a_link_is_said_again(site: Site) -> None:
    assert (
        link.place("https://user:secret@docs.example/d/1/edit?token=secret#gid=secret")
        == "https://docs.example/d/1/edit"
    )
    site.answers["/x?token=secret"] = answer(b"a,b\n\x00")
    with pytest.raises(SourceError) as caught:
        read(site.url("/x?token=secret"))
    assert "secret" not in repr(caught.value) + str(caught.value.params) + str(caught.value.__cause__)


# --- TLS


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for tables.example, which nobody but its own test trusts; with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "tables.example")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime.now() - timedelta(days=2))
        .not_valid_after(datetime.now() + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("tables.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "certificate.pem"
    pem = serialization.Encoding.PEM
    path.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()) + made.public_bytes(pem)
    )
    return path


@pytest.fixture
def secure_site(certificate: Path) -> Iterator[Site]:
    made = Site()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    made.socket = context.wrap_socket(made.socket, server_side=True)
    with running(made):
        yield made


def test_tls_is_checked_against_the_name_in_the_link(secure_site: Site, certificate: Path) -> None:
    opener = Internet(lambda _h, _p: ["127.0.0.1"], loopback=True, tls=ssl.create_default_context(cafile=certificate))
    secure_site.answers["/x"] = answer(CSV)
    assert read(secure_site.url("/x", "tables.example", "https"), opener).grids[0].rows[1] == ("DS-1", "停车难")
    assert refusal(secure_site.url("/x", "other.example", "https"), opener) == "link-cut"
    assert (
        refusal(secure_site.url("/x", "tables.example", "https"), Internet(opener.resolve, loopback=True)) == "link-cut"
    )


def test_https_does_not_lead_back_to_http(site: Site, secure_site: Site, certificate: Path) -> None:
    opener = Internet(lambda _h, _p: ["127.0.0.1"], loopback=True, tls=ssl.create_default_context(cafile=certificate))
    secure_site.answers["/x"] = onward(site.url("/x"))
    assert refusal(secure_site.url("/x", "tables.example", "https"), opener) == "link-downgrade"
    assert site.asked == []
