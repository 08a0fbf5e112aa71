"""A program in a box that does what a decoder taken over by a hostile file might do."""

import json
import os
import sys
import time
from typing import Any

from shige.files.bounds import serve


def act(wish: bytes) -> tuple[dict[str, Any], list[bytes]]:
    if wish == b"memory":
        bytearray(512 * 2**20)
    elif wish == b"gives up":
        os.abort()
    elif wish == b"crash":
        os.kill(os.getpid(), 11)
    elif wish == b"sleep":
        time.sleep(60)
    elif wish == b"output":
        return {}, [b"x" * 2**20] * 257
    elif wish == b"nonsense":
        sys.stdout.write(json.dumps({"about": {}}))
        sys.stdout.flush()
        os._exit(0)
    elif wish == b"environment":
        return dict(os.environ), []
    return {"took": wish.decode()}, []


sys.exit(serve(256 * 2**20, act, ()))
