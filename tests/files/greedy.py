"""A program in a box that does what a decoder taken over by a hostile file might do."""

import json
import os
import sys
import time

from shige.files.bounds import enter, hand_over

wish = enter(256 * 2**20)
if wish == b"memory":
    bytearray(512 * 2**20)
elif wish == b"sleep":
    time.sleep(60)
elif wish == b"output":
    while True:
        sys.stdout.buffer.write(bytes(2**20))
elif wish == b"nonsense":
    sys.stdout.write(json.dumps({"about": {}}))
elif wish == b"little":
    hand_over({"took": "little"})
elif wish == b"environment":
    hand_over(dict(os.environ))
