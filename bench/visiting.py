"""Clients over loopback HTTP, each with one kept connection and a clock."""

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

WAIT = 30.0


@dataclass
class Visitor:
    """One client: keeps its connection and the time of every request that was answered as expected."""

    address: str
    headers: dict[str, str] = field(default_factory=dict)
    times: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        self.connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=WAIT)

    def get(self, path: str) -> bytes:
        """Fetch a page that must be there."""
        return self.ask("GET", path, 200)

    def post(self, path: str, content: object) -> bytes:
        """Send JSON that must make something."""
        return self.ask("POST", path, 201, json.dumps(content).encode())

    def ask(self, method: str, path: str, expected: int, body: bytes | None = None) -> bytes:
        """Send one request, take its time until the last byte, and stop at any other answer."""
        began = time.perf_counter()
        self.connection.request(method, path, body, {"Content-Type": "application/json", **self.headers})
        response = self.connection.getresponse()
        content = response.read()
        self.times.append(time.perf_counter() - began)
        if response.status != expected:
            raise RuntimeError(f"{method} {path}: {response.status} {content[:500]!r}")
        return content

    def sign_in(self, path: str) -> None:
        """Open a one-time sign-in link and keep the session."""
        self.connection.request("GET", path)
        response = self.connection.getresponse()
        response.read()
        cookies = [cookie.split(";")[0] for cookie in response.headers.get_all("set-cookie", [])]
        if not any(cookie.startswith("sessionid=") for cookie in cookies):
            raise RuntimeError(f"{path.split('/')[1]}: no session was opened ({response.status})")
        self.headers["Cookie"] = "; ".join(cookies)


@dataclass(frozen=True, slots=True)
class Rush:
    """What a number of clients did together: every single time, and how long it took, in seconds."""

    times: list[float]
    took: float


def rush(
    address: str, clients: int, visits: Iterator[Callable[[Visitor], object]], most_seconds: float
) -> Rush:
    """Let ``clients`` work off ``visits`` at once, until none is left or the time is over."""
    visitors = [Visitor(address) for _ in range(clients)]
    taking, faults = threading.Lock(), []
    end = time.perf_counter() + most_seconds

    def work(visitor: Visitor) -> None:
        try:
            while time.perf_counter() < end and not faults:
                with taking:
                    visit = next(visits, None)
                if visit is None:
                    return
                visit(visitor)
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=work, args=[visitor]) for visitor in visitors]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return Rush([seconds for visitor in visitors for seconds in visitor.times], time.perf_counter() - began)


def repeat(visitor: Visitor, path: Callable[[], str], count: int, most_seconds: float) -> list[float]:
    """Fetch pages one after the other and return the times, the first two not counted."""
    end = time.perf_counter() + most_seconds
    visitor.times.clear()
    for done in range(count + 2):
        if time.perf_counter() > end and done > 4:
            break
        visitor.get(path())
    return visitor.times[2:]
