"""Forms of warnings ahead: the words and places of one, a weather signal."""

from datetime import datetime, timedelta
from typing import Any, Final

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shige.matters import clock
from shige.matters.bilingual import second_language
from shige.territory.models import Area
from shige.trust.date_inputs import MomentField
from shige.trust.jurisdiction import language, profile

from .commands.warning import TEXT_LIMIT, WarningIn
from .commands.weather import SignalIn
from .patterns import WINDOW
from .queries.in_force import places_for
from .queries.proposals import COLOURS, TITLE_LIMIT, Proposal

OWN_WORDS: Final = timedelta(days=2)
"""How long words of the office's own stand, unless it says otherwise: mostly they are of today."""


class WarningForm(forms.Form):
    """What residents and field workers read, where, and for how long."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LIMIT)
    text = forms.CharField(
        label=_("What residents read"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Say what may happen, what to do, and whom to tell. No names and no counts of matters."),
    )
    areas = forms.TypedMultipleChoiceField(
        label=_("Where it goes"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    until = MomentField(label=_("Stands until"))
    title_other = forms.CharField(max_length=TITLE_LIMIT, required=False)
    text_other = forms.CharField(
        max_length=TEXT_LIMIT, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, office: Area, proposal: Proposal | None, data: Any = None) -> None:
        super().__init__(data, initial=_initial(office, proposal))
        second = second_language()[1]
        self.fields["title_other"].label = _("Title (%(language)s, if you like)") % {"language": second}
        said = _("What readers of %(language)s read, if you like") % {"language": second}
        self.fields["text_other"].label = said
        if proposal and proposal.text_other:
            both = _("If you change the words above, change these as well, or empty both fields.")
            self.fields["text_other"].help_text = both
        self.fields["areas"].choices = _grouped(office)  # type: ignore[attr-defined]

    def given(self, key: str) -> WarningIn:
        """Return what was written, once it is valid."""
        said = self.cleaned_data
        other = (said["title_other"], said["text_other"])
        return WarningIn(said["title"], said["text"], said["until"], tuple(said["areas"]), key, *other)


class SignalForm(forms.Form):
    """A weather signal as it was issued."""

    kind = forms.ChoiceField(label=pgettext_lazy("weather", "Kind"))
    colour = forms.ChoiceField(label=pgettext_lazy("weather", "Colour"), choices=list(COLOURS.items()))
    since = MomentField(label=pgettext_lazy("weather", "From"))
    until = MomentField(label=pgettext_lazy("weather", "Until"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"since": localtime(clock.now())})
        kinds = [(kind.code, kind.name.in_language(language())) for kind in profile().weather]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]

    def given(self) -> SignalIn:
        """Return what was written, once it is valid."""
        return SignalIn(**self.cleaned_data)


def _initial(office: Area, proposal: Proposal | None) -> dict[str, object]:
    if proposal is None:
        whole = [office.pk] if len(places_for(office)) == 1 else []  # of several parts the office chooses
        return {"areas": whole, "until": _to_the_minute(clock.now() + OWN_WORDS)}
    return {
        "title": proposal.title,
        "text": proposal.text,
        "title_other": proposal.title_other,
        "text_other": proposal.text_other,
        "areas": [proposal.place.pk],
        "until": _to_the_minute(min(proposal.ends, clock.now() + WINDOW)),
    }


def _to_the_minute(when: datetime) -> datetime:
    return localtime(when).replace(second=0, microsecond=0)


def _grouped(office: Area) -> list[tuple[Any, Any]]:
    """Return the whole area first, then its parts; grids stand under the name of their community."""
    whole, *parts = places_for(office)
    found: list[tuple[Any, Any]] = [(whole.pk, _("all of %(area)s") % {"area": whole.name})]
    names = {part.pk: part.name for part in parts if part.kind == Area.Kind.DIVISION}
    groups: dict[str, list[tuple[int, Any]]] = {}
    for part in parts:
        if office.level == Area.Level.DISTRICT or part.community_id not in names:
            found.append((part.pk, part.name))
            continue
        label = _("all of %(area)s") % {"area": part.name} if part.pk in names else part.name
        groups.setdefault(names[part.community_id], []).append((part.pk, label))
    return [*found, *groups.items()]
