"""What somebody outside says, by whatever door: the one place through which free text comes in (P3, P4).

A report, an address, what is added, answered or joined with, a row of a table, the call of an API, the remark
of a device: commands that store such words take a ``Said``, which only ``listen`` makes. It tells what of the
words may be shown, what they speak of, and whom of those who serve there they name.
"""

from dataclasses import KW_ONLY, InitVar, dataclass
from typing import Final

from shige.language.masking import withheld
from shige.trust.gate import Lineage

from .detectors import Heard, hear, together
from .holders import NOBODY, named_in

_LISTENER: Final = object()


@dataclass(frozen=True, slots=True)
class Said:
    """Words as they were typed, as those read them who may not open the contact, and what they speak of.

    ``named`` are the persons in office whom they name: whoever reads must not be one of them, once the words
    are sealed. Without a place nobody is known to be named.
    """

    typed: str
    shown: str
    heard: Heard
    named: frozenset[int]
    _: KW_ONLY
    made_by: InitVar[object] = None

    def __post_init__(self, made_by: object) -> None:
        """Refuse words to which nobody has listened."""
        if made_by is not _LISTENER:
            raise TypeError("only listen() makes what is said")

    def __bool__(self) -> bool:
        return bool(self.typed)

    @property
    def sealed(self) -> bool:
        """Whether they are sealed whatever the matter is in which they are said."""
        return bool(self.heard.emergencies or self.heard.staff)

    @property
    def hides(self) -> bool:
        """Whether what is shown hides some of what was typed."""
        return self.shown != self.typed


def listen(words: str, lineage: Lineage | None = None, *, beside: tuple[str, ...] = ()) -> Said:
    """Listen to what somebody outside says.

    Parameters
    ----------
    lineage
        Where it is meant: who serves in its street is looked for by name.
    beside
        What was typed into other fields of the same form, such as an address: danger to persons and staff
        are heard there too; a hazard is not, for places are named after what is dangerous (高压线塔下).
    """
    heard = together([hear(words), hear("\n".join(beside)).of_persons])
    names = named_in((words, *beside), lineage, blamed=bool(heard.staff or heard.harm)) if lineage else NOBODY
    if names.staff == "official" or not heard.staff:
        heard = heard.about(names.staff)
    return Said(words, withheld(words), heard, names.persons, made_by=_LISTENER)
