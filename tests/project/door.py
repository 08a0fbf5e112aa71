"""What the tests of a room say of each of its addresses that has arguments, in the room's ``doors.py``."""

from collections.abc import Callable

from tests.places import Town

Arguments = dict[str, object]
"""The arguments of an address."""

Door = Callable[[Town], Arguments]
"""Makes, in the part of the town of chief and worker, the thing that an address shows."""
