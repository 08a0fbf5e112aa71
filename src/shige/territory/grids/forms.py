"""Which grids a list shows."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shige.trust.date_inputs import DayField

from ..computation.lasting_names import LONGEST
from ..labels import level_word
from .queries.faults import FAULTS
from .queries.grids import LEVELS, MANY, GridFilter


class RenameForm(forms.Form):
    """Another name of a living grid, from when, and why."""

    name = forms.CharField(label=gettext_lazy("New name"), max_length=LONGEST)
    since = DayField(label=gettext_lazy("Called so from"))
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=200,
        help_text=gettext_lazy("Everybody who sees the grid reads it; write nothing about persons."),
    )


class GridFilterForm(forms.Form):
    """The filter bar above the list of grids."""

    level = forms.ChoiceField(label=gettext_lazy("Level"), required=False)
    broken = forms.BooleanField(label=gettext_lazy("Breaks a rule"), required=False)
    vacant = forms.BooleanField(label=gettext_lazy("Vacancy"), required=False)
    text = forms.CharField(
        label=gettext_lazy("Name or code"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    on = forms.DateField(required=False, widget=forms.HiddenInput)
    community = forms.CharField(required=False, widget=forms.HiddenInput)
    fault = forms.ChoiceField(
        required=False, choices=[(name, name) for name in FAULTS], widget=forms.HiddenInput
    )

    workers = forms.ChoiceField(
        required=False, choices=[(name, name) for name in ("0", "1", MANY)], widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("All levels")), *((level.value, level_word(level)) for level in LEVELS)]
        self.fields["level"].choices = choices  # type: ignore[attr-defined]

    def wanted(self) -> GridFilter:
        """Return the filter; what does not fit filters nothing."""
        return GridFilter(**self.cleaned_data) if self.is_valid() else GridFilter()
