"""Which command writes which entry of a mediation's record, for its page and for programs (R24)."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from shige.trust.gate import Viewer

from . import commands

Save = Callable[[Viewer, str, Any], object]

SAVES: Final[Mapping[str, Save]] = {
    "note": lambda viewer, number, form: commands.add_to_note(viewer, number, form.cleaned_data["text"]),
    "party": lambda viewer, number, form: commands.add_party(viewer, number, form.given()),
    "session": lambda viewer, number, form: commands.hold_session(viewer, number, form.given()),
    "promise": lambda viewer, number, form: commands.promise(viewer, number, form.given()),
    "agreement": lambda viewer, number, form: commands.write_agreement(
        viewer, number, form.cleaned_data["text"]
    ),
}
"""Each from the valid form of its entry."""

TICKS: Final[Mapping[str, Callable[[Viewer, str, int], object]]] = {
    "kept": commands.promise_kept,
    "remove": commands.remove_party,
}
"""What is done with one press on an entry that stands there."""
