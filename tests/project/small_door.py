"""A door with short patience before an application of a few lines, for `test_door`."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from shige.machine.front import body, line
from shige.machine.front import door as front

body.IDLE_SECONDS = 1.0
front.PIECE_SECONDS = 2.0
line.UNREAD_MILLISECONDS = 4_000
door = front.door


@dataclass
class Parts:
    """A long answer."""

    size: int
    streaming = True

    def __iter__(self) -> Iterator[bytes]:
        yield from (bytes(2**16) for _ in range(self.size // 2**16))


def application(environ: dict[str, Any], start: Any) -> Any:
    """Answer as many bytes as the query says, at /whole at once, at /long in parts; else how many came."""
    start("200 OK", [("Content-Type", "application/octet-stream")])
    if environ["PATH_INFO"] == "/whole":
        return [bytes(int(environ["QUERY_STRING"]))]
    if environ["PATH_INFO"] == "/long":
        return Parts(int(environ["QUERY_STRING"]))
    return [str(len(environ["wsgi.input"].read())).encode()]
