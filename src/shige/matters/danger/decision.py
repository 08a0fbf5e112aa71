"""What a report is, by what its words say, what was answered and what was chosen: pure, the only place.

Safety never hangs on one guess: neither a lexicon, nor a category, nor one press decides alone that nobody is
in danger. Where two of them disagree, a trained person looks before anybody of the grid does.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

Alarm = Literal["", "public", "persons"]
"""What words or a category speak of: nothing, a hazard to the public (gas, a lift), danger to persons."""

Danger = Literal["", "none", "yes", "cannot_talk"]
"""Is anybody in danger now? Not answered; nobody; yes, and they can call; yes, but they cannot talk."""

Staff = Literal["", "no", "staff", "worker", "official"]
"""Is it about staff? Not answered; no; yes; yes, of grid or community; yes, of the street or above."""


class Verdict(StrEnum):
    """What a report is: only the last two are sealed."""

    ORDINARY = "ordinary"
    HAZARD = "hazard"
    PERSONS = "persons"
    DOUBT = "doubt"

    @property
    def guarded(self) -> bool:
        """Whether a trained post looks before anybody else does."""
        return self in (Verdict.PERSONS, Verdict.DOUBT)


@dataclass(frozen=True, slots=True)
class Answers:
    """What a reporter, or somebody for them, answered; nothing is the answer of nobody.

    ``no_emergency`` says, after a number to call was shown, that there is none. ``hurt`` answers 有人受伤或者
    害怕吗？ where it is asked. ``police`` is the writer's yes to passing it to the police.
    """

    danger: Danger = ""
    no_emergency: bool = False
    hurt: bool | None = None
    about_staff: Staff = ""
    police: bool = False

    @property
    def endangered(self) -> bool:
        """Whether somebody was said to be in danger now, or hurt or afraid."""
        return self.danger in ("yes", "cannot_talk") or bool(self.hurt)


UNANSWERED: Final = Answers()


def decide(alarm: Alarm, answers: Answers, chosen: Alarm = "") -> Verdict:
    """Return what a report is.

    Parameters
    ----------
    alarm
        What its words speak of; danger to persons goes before a hazard.
    answers
        What was answered to the questions.
    chosen
        What the category speaks of that was chosen.
    """
    if answers.danger == "cannot_talk" or answers.hurt or chosen == "persons":
        return Verdict.PERSONS
    dismissed = answers.no_emergency or answers.danger == "none"
    # A hazard is never sealed: whoever mends it must see where it is.
    if alarm == "persons":
        return Verdict.DOUBT if dismissed else Verdict.PERSONS
    if chosen == "public" or (alarm == "public" and not answers.no_emergency):
        return Verdict.HAZARD
    if answers.danger == "yes":
        return Verdict.PERSONS
    return Verdict.ORDINARY


def seal_for(heard: Staff, answered: Staff) -> int:
    """Return the seal of what is about staff: 1 hides it from grid and community, 2 from the street as well.

    What is heard and what is answered each suffice; of both the higher one holds. An answer of no opens
    nothing: somebody above that chain does. Where it is not said who, it may be anybody, up to the street.
    """
    if heard in ("", "no") and answered in ("", "no"):
        return 0
    if "official" in (heard, answered):
        return 2
    return 1 if "worker" in (heard, answered) else 2
