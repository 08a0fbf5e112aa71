"""Personal fields: each is declared with its purpose and how long it may be kept (P6)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

FIELDS: dict[str, "PersonalField"] = {}


@dataclass(frozen=True, slots=True)
class PersonalField:
    """One kind of personal value: ``indexed`` ones can be found by their exact value.

    ``label`` is what people call it; both stand in the privacy notice.
    """

    name: str
    label: str
    purpose: str
    keep: timedelta
    indexed: bool = False

    def ends(self, since: datetime) -> datetime:
        """Return when a value that is kept since then is removed."""
        return since + self.keep


def declare(name: str, label: str, purpose: str, keep: timedelta, *, indexed: bool = False) -> PersonalField:
    """Declare a personal field once, when its room is loaded."""
    FIELDS[name] = PersonalField(name, label, purpose, keep, indexed)
    return FIELDS[name]
