"""The way to other people's machines: only over http and https, only to public addresses, only for so long.

A name is looked up once and the connection goes to the very address that was checked, so that an answer which
changes in between (DNS rebinding) leads nowhere.
"""

from __future__ import annotations

import io
import ipaddress
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPSConnection
from typing import Any

Clock = Callable[[], float]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def look_up(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system knows them. Raises ``OSError``."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True)
class Internet:
    """``resolve``: host, port → addresses. ``loopback``: this machine counts as public; for tests alone."""

    resolve: Callable[[str, int], list[str]] = look_up
    loopback: bool = False
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def addresses(self, host: str, port: int) -> list[str]:
        """Where a host may be reached. Raises ``PermissionError`` when one of its addresses is private, ``OSError``."""
        found = self.resolve(host, port)
        if not all(self._allowed(each) for each in found):
            raise PermissionError
        return found

    def _allowed(self, address: str) -> bool:
        try:
            ip = carried(ipaddress.ip_address(address.partition("%")[0]))
        except ValueError:
            return False
        return (ip.is_global and not ip.is_multicast) or (self.loopback and ip.is_loopback)

    def open(self, secure: bool, host: str, port: int, address: str, until: float, clock: Clock) -> HTTPConnection:
        """A connection to that address for that host, ready for one request. Raises ``OSError`` (``TimeoutError``)."""
        line = socket.create_connection((address, port), timeout=_left(until, clock))
        try:
            if secure:
                line.settimeout(_left(until, clock))
                line = self.tls.wrap_socket(line, server_hostname=host)
        except BaseException:
            line.close()
            raise
        made = HTTPSConnection(host, port, context=self.tls) if secure else HTTPConnection(host, port)
        made.sock = _Line(line, until, clock)
        return made


def carried(ip: Address) -> Address:
    """The IPv4 address that an IPv6 address stands for (mapped, 6to4, NAT64); any other itself."""
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        return inner or ip
    return ip


def _left(until: float, clock: Clock) -> float:
    left = until - clock()
    if left <= 0:
        raise TimeoutError
    return left


class _Line:
    """A socket that is given up at a moment, however steadily the other side drips.

    http.client closes it as soon as it has the headers, and reads on from the file: the last of the two closes it.
    """

    def __init__(self, line: socket.socket, until: float, clock: Clock) -> None:
        self._line, self._until, self._clock = line, until, clock
        self._file: _Timed | None = None

    def makefile(self, *_: Any) -> io.BufferedReader:
        self._file = _Timed(self._line, self._until, self._clock)
        return io.BufferedReader(self._file)

    def sendall(self, data: bytes) -> None:
        self._line.settimeout(_left(self._until, self._clock))
        self._line.sendall(data)

    def close(self) -> None:
        if self._file is None:
            self._line.close()


class _Timed(io.RawIOBase):
    def __init__(self, line: socket.socket, until: float, clock: Clock) -> None:
        self._line, self._until, self._clock = line, until, clock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._line.settimeout(_left(self._until, self._clock))
        return self._line.recv_into(buffer)

    def close(self) -> None:
        super().close()
        self._line.close()
