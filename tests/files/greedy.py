"""A program in a box that does what a decoder taken over by a hostile file might do."""

import errno
import json
import os
import resource
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from shige.files.bounds import serve

WAYS: dict[bytes, Callable[[], object]] = {
    b"reads a file": lambda: Path("/etc/passwd").read_bytes(),
    b"writes a file": lambda: Path("/tmp/taken-over").touch(),
    b"deletes a file": lambda: Path(os.environ["PATH"]).unlink(),
    b"runs a program": lambda: os.execv("/bin/true", ["true"]),
    b"connects": lambda: socket.socket().connect(("127.0.0.1", 9)),
    b"signals": lambda: os.kill(os.getppid(), 0),
    b"looks into the program": lambda: Path(f"/proc/{os.getppid()}/mem").read_bytes(),
    b"opens more again": lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (99, 99)),
}


def tried(way: Callable[[], object]) -> int:
    """Return the error that a way out ends with; 0 where it is open."""
    try:
        way()
    except OSError as error:
        return int(error.errno or 0)
    except ValueError:  # what Python makes of EPERM when a limit is to be raised
        return errno.EPERM
    return 0


def spoil() -> None:
    sys.stdout.write(json.dumps({"about": {}}))
    sys.stdout.flush()
    os._exit(0)


ACTS: dict[bytes, Callable[[], object]] = {
    b"memory": lambda: bytearray(512 * 2**20),
    b"gives up": os.abort,
    b"crash": lambda: os.kill(os.getpid(), 11),
    b"sleep": lambda: time.sleep(60),
    b"nonsense": spoil,
}


def act(wish: bytes) -> tuple[dict[str, Any], list[bytes]]:
    if wish in ACTS:
        ACTS[wish]()
    if wish in WAYS:
        return {"error": tried(WAYS[wish])}, []
    if wish == b"output":
        return {}, [b"x" * 2**20] * 257
    if wish == b"environment":
        return dict(os.environ), []
    return {"took": wish.decode()}, []


if __name__ == "__main__":
    sys.exit(serve(256 * 2**20, act, ()))
