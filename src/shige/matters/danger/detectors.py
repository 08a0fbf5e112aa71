"""What words speak of: the one place where matters ask the detectors of danger and of complaints."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from shige.language.complaints import about_staff
from shige.language.danger import dangers_in
from shige.language.normal import as_said
from shige.profile import Emergency
from shige.trust.jurisdiction import profile

from .decision import Alarm, Staff


@dataclass(frozen=True, slots=True)
class Heard:
    """The emergencies that words speak of, in the order to call for them, and whom of the staff they mean."""

    emergencies: tuple[Emergency, ...] = ()
    staff: Staff = ""

    @property
    def alarm(self) -> Alarm:
        """The gravest of what is heard."""
        if self.harm is not None:
            return "persons"
        return "public" if self.emergencies else ""

    @property
    def harm(self) -> Emergency | None:
        """The first of the emergencies that is danger to persons; None where there is none."""
        return next((emergency for emergency in self.emergencies if emergency.persons), None)

    @property
    def first(self) -> Emergency | None:
        """The emergency whose number is shown; None where there is none."""
        return self.emergencies[0] if self.emergencies else None

    @property
    def of_persons(self) -> "Heard":
        """The same without hazards to the public."""
        return replace(self, emergencies=tuple(each for each in self.emergencies if each.persons))

    def about(self, staff: Staff) -> "Heard":
        """Return the same, as about somebody of the staff."""
        return replace(self, staff=staff)


def together(several: Sequence[Heard]) -> Heard:
    """Return what the texts (at least one) of one form speak of, and the highest whom they mean."""
    found = tuple({each.code: each for heard in several for each in heard.emergencies}.values())
    staff: Staff = max((heard.staff for heard in several), key=_RISING.index)
    return Heard(found, staff)


_RISING: Final[tuple[Staff, ...]] = ("", "no", "staff", "worker", "official")


def hear(words: str) -> Heard:
    """Return what words speak of."""
    if not words.strip():
        return Heard()
    found = tuple(danger.emergency for danger in dangers_in(profile(), words))
    heard, staff = Heard(found), staff_in(words)
    # Whoever harms somebody at home is mostly nobody of the staff: where none is named, the street's trained
    # post looks (sealed from the grid all the same), and it is not sent up to the district.
    return Heard(found, "" if staff == "staff" and heard.harm else staff)


def staff_in(words: str) -> Staff:
    """Return whom of the staff words complain about; empty where they do not."""
    rules = profile()
    if about_staff(rules, words) is None:
        return ""
    said = as_said(rules, words)
    if any(word in said for word in rules.guard.higher):
        return "official"
    return "worker" if any(word in said for word in rules.guard.lowly) else "staff"
