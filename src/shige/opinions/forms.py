"""Forms of opinion notes: writing one, the filter bar, the length of what is counted."""

from typing import Any, Final

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from shige.matters import clock
from shige.matters.workflow.workflows import workflow_of
from shige.territory.models import Area
from shige.trust.date_inputs import DayField
from shige.trust.form_text import TEXT_LIMIT
from shige.trust.jurisdiction import language, profile

from .models import Opinion
from .queries.counts import Span
from .queries.notes import OpinionFilter
from .rules import BANDS

NONE: Final = ("", "—")

Choice = tuple[Any, Any]


def themes() -> list[Choice]:
    """Return the themes of the profile."""
    return [(theme.code, theme.name.in_language(language())) for theme in profile().themes]


def states() -> list[Choice]:
    """Return the states of a note."""
    return [(state.code, state.name.in_language(language())) for state in workflow_of(Opinion.kind).states]


def places(areas: list[Area]) -> list[Choice]:
    """Return areas as choices, the grids under the name of their community."""
    found: dict[str, list[Choice]] = {}
    for area in areas:
        community = area.community.name if area.community else ""
        whole = area.kind == Area.Kind.DIVISION
        found.setdefault(community, []).append((area.pk, _("the whole community") if whole else area.name))
    return list(found.items())


class OpinionForm(forms.Form):
    """What is said in a grid."""

    theme = forms.ChoiceField(label=_("Theme"), choices=lambda: [NONE, *themes()])
    area = forms.TypedChoiceField(label=_("Grid"), coerce=int)
    words = forms.CharField(
        label=_("What people say"),
        max_length=TEXT_LIMIT,
        help_text=_("Of the place, not of a person: no names, no telephones, no doors."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    band = forms.ChoiceField(
        label=_("From about how many people you heard it"),
        choices=list(BANDS.items()),
        initial=Opinion.Band.FEW,
        widget=forms.RadioSelect,
    )
    on = DayField(label=_("Heard on"))

    def __init__(self, areas: list[Area], data: Any = None) -> None:
        alone = {"area": areas[0].pk} if len(areas) == 1 else {}
        super().__init__(data, initial={"on": localdate(clock.now()), **alone})
        self.fields["area"].choices = [NONE, *places(areas)]  # type: ignore[attr-defined]


class OpinionFilterForm(forms.Form):
    """What the list is narrowed to; what does not fit counts as not chosen."""

    theme = forms.ChoiceField(label=_("Theme"), choices=lambda: [NONE, *themes()], required=False)
    area = forms.TypedChoiceField(label=_("Place"), coerce=int, empty_value=None, required=False)
    state = forms.ChoiceField(label=_("State"), choices=lambda: [NONE, *states()], required=False)
    before = forms.IntegerField(required=False, widget=forms.HiddenInput)
    after = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, areas: list[Area], data: Any) -> None:
        super().__init__(data)
        self.areas = {area.pk: area for area in areas}
        self.fields["area"].choices = [NONE, *places(areas)]  # type: ignore[attr-defined]

    def chosen(self) -> OpinionFilter:
        """Return what is chosen."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        return OpinionFilter(**given | {"area": self.areas.get(given.get("area", 0))})


class CountForm(forms.Form):
    """Whether weeks or months are counted."""

    by = forms.ChoiceField(
        label=_("Counted by"), choices=[("week", _("7 days")), ("month", _("30 days"))], required=False
    )

    def span(self) -> Span:
        """Return the length of what is counted, weeks where none is chosen."""
        self.is_valid()
        return "month" if self.cleaned_data.get("by") == "month" else "week"
