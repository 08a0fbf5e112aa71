"""The duties by which people at work read a matter, in words (P5)."""

from django.utils.translation import pgettext

from ...models import DUTY, Reading


def words_for_duties() -> dict[str, str]:
    """Return what a reporter reads for each duty of ``Reading.Why``."""
    return {
        Reading.Why.OWNER.value: pgettext("duty", "in charge of it"),
        Reading.Why.LEADER.value: pgettext("duty", "leads the street that took it on"),
        Reading.Why.DISPATCHER.value: pgettext("duty", "dispatches and watches the dates there"),
        Reading.Why.VISITOR.value: pgettext("duty", "makes the return visit"),
        Reading.Why.AREA.value: pgettext("duty", "works in the area where it lies"),
    }


def reason_in_words(reason: str) -> str:
    """Return the reason of an opening: as it was typed, or the duty from which it follows."""
    known = words_for_duties()
    return known.get(reason.removeprefix(DUTY), reason) if reason.startswith(DUTY) else reason
