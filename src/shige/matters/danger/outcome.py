"""What a report becomes: the category as it holds for it, with who answers, by when, and who may know."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.profile import GUARDED, Category, Emergency
from shige.trust.jurisdiction import profile

from ..categories import about_officials, as_guarded, guarded, hazard_in, independent, unsorted
from .decision import Answers, Verdict, decide, seal_for
from .detectors import Heard


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was decided of a report; ``category`` holds for it alone, with its code as chosen or heard.

    ``about_staff`` says that it is kept from somebody at work, ``staff_only`` that a trained post looks at it
    for no other reason; ``police`` that it goes to the police; ``endangers`` that somebody may be in danger.
    """

    category: Category
    verdict: Verdict
    about_staff: bool = False
    police: bool = False
    staff_only: bool = False
    endangers: bool = False

    @property
    def doubted(self) -> bool:
        """Whether nothing seals it but an alarm of which its writer said that it is none."""
        return self.verdict is Verdict.DOUBT and not self.about_staff


def outcome_of(
    heard: Heard, answers: Answers, chosen: Category | None, suggested: Callable[[], Category]
) -> Outcome:
    """Return what a report becomes.

    Parameters
    ----------
    chosen
        The category that somebody chose; it is kept, unless a public hazard has its own department.
    suggested
        Asked for the likeliest category where none was chosen.
    """
    if heard.alarm == "public" and (chosen is None or chosen.code == unsorted().code):
        # Nobody chose anything else: its own department gets it.
        chosen = hazard_in(_standing(heard, answers)) or chosen
    verdict = decide(heard.alarm, answers, chosen.endangers if chosen else "")
    official = answers.about_staff == "official"
    category = _category(heard, verdict, chosen) or (about_officials() if official else suggested())
    said = category.seal and heard.staff == "staff" and category is chosen  # the category says who is meant
    seal = max(seal_for("" if said else heard.staff, answers.about_staff), category.seal)
    police = verdict is Verdict.PERSONS and (answers.police or _by_law(heard, chosen))
    endangers = verdict.guarded or category.kind == GUARDED
    if endangers:
        category = guarded(category, seal=seal, at_police=police)
    elif seal > category.seal:
        whole = category.kind == "complaint"
        category = as_guarded(category, sealed=seal) if whole else guarded(category, seal=seal)
    if official and not endangers:
        category = independent(category)
    about_staff = seal_for(heard.staff, answers.about_staff) > 0 or category.kind == "complaint"
    staff_only = category.kind == GUARDED and not endangers
    return Outcome(category, verdict, about_staff, police, staff_only, endangers)


def _category(heard: Heard, verdict: Verdict, chosen: Category | None) -> Category | None:
    if verdict is Verdict.HAZARD:
        return hazard_in(heard.emergencies, chosen)
    if chosen is None and verdict is Verdict.PERSONS and heard.harm is not None:
        return profile().category(heard.harm.category)
    return chosen


def _standing(heard: Heard, answers: Answers) -> Iterator[Emergency]:
    """Yield the emergencies that still say whose it is: none of danger to life once it was dismissed.

    A smell of gas that is no emergency is the gas company's all the same; nobody drowning is nobody's.
    """
    for emergency in heard.emergencies:
        if not (answers.no_emergency and profile().category(emergency.category).endangers == "persons"):
            yield emergency


def _by_law(heard: Heard, chosen: Category | None) -> bool:
    """Say whether the law has it go to the police, such as harm to a child that was heard or chosen."""
    return (chosen is not None and chosen.mandatory) or any(
        profile().category(each.category).mandatory for each in heard.emergencies
    )


def remark_on(heard: Heard, answers: Answers, outcome: Outcome, *, relayed: bool = False) -> str:
    """Return what the history tells the office, in its own language, of how it was decided."""
    with override(profile().language):
        said = [*_answered(answers), *_alarmed(heard, answers, relayed=relayed)]
        if outcome.about_staff:
            said.append(_("It is kept from the staff whom it may be about, until somebody above has looked."))
        if outcome.police:
            said.append(
                _("It goes to the police: the reporter agreed.")
                if answers.police
                else _("It goes to the police, as the law orders where a child may be harmed.")
            )
    return "\n".join(said)


def _answered(answers: Answers) -> list[str]:
    said = []
    if answers.danger == "yes":
        said.append(_("Asked whether somebody is in danger now: yes."))
    if answers.danger == "cannot_talk":
        said.append(
            _("Asked whether somebody is in danger now: yes, and they cannot talk. Do not just call.")
        )
    if answers.hurt:
        said.append(_("Asked whether somebody is hurt or afraid: yes."))
    return said


def _alarmed(heard: Heard, answers: Answers, *, relayed: bool) -> list[str]:
    if not heard.emergencies:
        return []
    if not (answers.no_emergency or answers.danger == "none"):
        return []
    if relayed:
        return [_("The words speak of an emergency; the clerk said that there is none.")]
    return [_("The words speak of an emergency; whoever reported it said that there is none.")]
