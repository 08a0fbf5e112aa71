"""What messages about matters, tasks, wishes and return visits say."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: Final[Mapping[str, Promise]] = {
    "matter.assigned": _("A matter was passed to your post:"),
    "matter.imported": _("Open matters of another system were taken over for your post:"),
    "matter.reopened": _("A matter was reopened:"),
    "matter.reviewed": _("A reporter disagrees; your tier reviews the matter:"),
    "matter.answered": _("The reporter has answered:"),
    "matter.added_to": _("The reporter has added something:"),
    "matter.withdrawn": _("The reporter has withdrawn a matter, or a wish:"),
    "matter.extension_asked": _("Somebody asks for more time; you decide:"),
    "matter.extension_granted": _("The extension that you asked for is granted:"),
    "matter.extension_refused": _("The extension that you asked for is refused; the date stands:"),
    "matter.recused": _("Somebody was named as whom a sealed matter is about:"),
    "matter.recusal_asked": _("Somebody asks to keep a person from a sealed matter; you are to confirm it:"),
    "matter.recusal_granted": _("Your request to keep a person from a sealed matter is confirmed:"),
    "matter.recusal_refused": _("Your request to keep a person from a sealed matter is refused:"),
    "matter.danger": _("What was said later speaks of an emergency; act at once:"),
    "matter.noted_beside": _("A device or an inspection has added something:"),
    "wish.claimed": _("Somebody has claimed a wish:"),
    "wish.claim_withdrawn": _("A claim of a wish was taken back; it is on offer again:"),
    "wish.claimant_says": _("Whoever claimed a wish says something:"),
    "visit.due": _("A return visit is due at your post:"),
    "matter.recheck": _("A hazard was put right; your post rechecks it:"),
    "matter.recheck_failed": _("A recheck failed; the hazard is yours again:"),
    "matter.half_time": _("Half of the time is used up:"),
    "matter.little_time": _("Little time is left:"),
    "matter.late": _("A matter of your post is late:"),
    "matter.late_below": _("A matter in the hands of the tier below is late:"),
    "task.given": _("A task was given to your post:"),
    "task.give_again": _("A task that was returned is given to your post again:"),
    "task.answer": _("The office has answered about a task:"),
    "task.send_back": _("A result was sent back:"),
    "task.accept": _("A task is accepted:"),
    "task.withdraw": _("A task is withdrawn:"),
    "task.take": _("A task was taken:"),
    "task.ask": _("Somebody asks about a task:"),
    "task.refuse": _("A task was returned as not theirs:"),
    "task.hand_in": _("The result of a task was handed in:"),
    "joint.called": _("Your post is called to a joint task:"),
    "joint.excused": _("A post sends apologies for a joint task:"),
    "joint.result": _("A result of a joint task was handed in:"),
    "joint.missed": _("The street noted that nobody came for your post to a joint task:"),
    "joint.stayed_away": _("A post stayed away from a joint task without notice:"),
    "joint.conclude": _("A joint task is concluded:"),
    "joint.cancel": _("A joint task is cancelled:"),
}
