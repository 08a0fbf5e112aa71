"""The sentences in which an organisation's history is told."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..models import Change

_NONE: Final = pgettext_lazy("organisation above", "None")

_SAID: Final[dict[str, "Promise"]] = {
    Change.Kind.FOUNDED: _("Founded as %(after)s"),
    Change.Kind.RENAMED: _("Renamed from %(before)s to %(after)s"),
    Change.Kind.RETIED: _("Tied to %(after)s, before to %(before)s"),
    Change.Kind.PLACED: _("Put below %(after)s, before below %(before)s"),
    Change.Kind.OVERSEEN: _("Overseer %(after)s, before %(before)s"),
    Change.Kind.MERGED: _("Merged into %(after)s"),
    Change.Kind.ABSORBED: _("%(before)s merged into it"),
    Change.Kind.SPLIT: _("%(after)s split off from it"),
    Change.Kind.SPLIT_OFF: _("Split off from %(before)s as %(after)s"),
    Change.Kind.WITHDRAWN: _("What was decided from this day on was withdrawn"),
    Change.Kind.RESTORED: _("Its end was taken back"),
    Change.Kind.CLOSED: pgettext_lazy("organisation", "Closed"),
}


def change_name(change: Change) -> str:
    """Say what a change has changed."""
    names = {"before": change.before or str(_NONE), "after": change.after or str(_NONE)}
    return str(_SAID[change.kind]) % names
