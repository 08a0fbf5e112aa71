"""Words for roles, kinds of appointment and messages."""

from typing import Final

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from shige.trust.jurisdiction import language, profile
from shige.trust.models import OutboxMessage

register = template.Library()


@register.filter
def role_word(code: str) -> str:
    """Return the profile's word for a role; the code itself where the profile has none."""
    names = {role.code: role.name for role in profile().roles}
    return names[code].in_language(language()) if code in names else code


@register.filter
def kind_word(kind: str) -> str:
    """Return the word for a kind of appointment."""
    return {"primary": _("primary"), "deputy": _("deputy"), "substitute": _("substitute")}[kind]


PAGES: Final = {"matter": "matters:matter", "opinion": "matters:opinion", "warning": "matters:warning"}
"""The page of what a message is about, whose address is made of its id."""


@register.simple_tag
def subject_address(message: OutboxMessage) -> str:
    """Return where to look at what a message is about; empty where there is no page of its own."""
    if message.subject_type == "weather":
        return reverse("matters:warnings")
    page = PAGES.get(message.subject_type)
    return reverse(page, args=[message.subject_id]) if page else ""


@register.filter
def message_word(kind: str) -> str:
    """Return what a message says."""
    return {
        "matter.assigned": _("A matter was passed to your post:"),
        "matter.reopened": _("A matter was reopened:"),
        "matter.reviewed": _("A reporter disagrees; your tier reviews the matter:"),
        "matter.answered": _("The reporter has answered:"),
        "matter.added_to": _("The reporter has added something:"),
        "matter.danger": _("What was said later speaks of an emergency; act at once:"),
        "matter.noted_beside": _("A device or an inspection has added something:"),
        "wish.claimed": _("Somebody has claimed a wish:"),
        "wish.claim_withdrawn": _("A claim of a wish was taken back; it is on offer again:"),
        "wish.claimant_says": _("Whoever claimed a wish says something:"),
        "warning.sent": _("A warning was sent to the residents of your grid:"),
        "warning.withdrawn": _("A warning to the residents of your grid was withdrawn:"),
        "weather.entered": _("A weather signal is in force; a warning is proposed:"),
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
        "opinion.follow": _("An opinion note that your post heard is followed up:"),
        "opinion.answer": _("An opinion note that your post heard is answered:"),
        "opinion.drop": _("An opinion note that your post heard was set aside:"),
        "plan.submitted": _("A division plan waits for the street's decision:"),
        "plan.refused": _("The street returned your division plan:"),
        "plan.decided": _("The street decided your division plan:"),
        "plan.changes_grid": _("A decided division plan changes your grid:"),
    }.get(kind, kind)
