"""Which grids a list shows, and which two days a table sets side by side."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shige.trust.date_inputs import DayField
from shige.trust.queries import today

from ..rules import level_name
from .findings import FINDINGS, LOOSE, paired_levels
from .listing import SORTS, Wanted
from .places import Place


class ListForm(forms.Form):
    """The filter bar above the list."""

    text = forms.CharField(
        label=gettext_lazy("Organisation, grid or code"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    level = forms.ChoiceField(label=gettext_lazy("Level"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("What is found"), required=False)
    sort = forms.ChoiceField(label=gettext_lazy("In the order of"), required=False)
    day = DayField(label=gettext_lazy("On the day"), required=False)
    area = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        orders = (_("code"), _("name"), _("most households"), _("fewest households"))
        found = [(name, finding.title) for name, finding in FINDINGS.items()]
        choices = {
            "level": [("", _("All levels")), *((level, level_name(level)) for level in paired_levels())],
            "state": [("", _("Everything")), *found, (LOOSE, _("Organisations without a grid"))],
            "sort": list(zip(SORTS, orders, strict=True)),
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    def wanted(self, place: Place) -> Wanted:
        """Return the filter; a field that does not fit filters nothing, the others do."""
        self.is_valid()
        given = self.cleaned_data
        chosen = {name: given.get(name, "") for name in ("level", "state", "text")}
        return Wanted(place, given.get("day") or today(), sort=given.get("sort") or "code", **chosen)


class DaysForm(forms.Form):
    """The two days of the coverage."""

    before = DayField(label=gettext_lazy("Before: the day"), required=False)
    day = DayField(label=gettext_lazy("Compared with the day"), required=False)
    area = forms.CharField(required=False, widget=forms.HiddenInput)

    def days(self, first: date | None) -> tuple[date, date]:
        """Return both days; without any, the first that is known and today."""
        given = self.cleaned_data if self.is_valid() else {}
        day = given.get("day") or today()
        return given.get("before") or first or day, day

    def clean(self) -> dict[str, Any]:
        """Refuse a comparison that runs backwards."""
        given: dict[str, Any] = super().clean() or {}
        before, day = given.get("before"), given.get("day")
        if before and day and before > day:
            self.add_error("before", _("This day is later than the one that it is compared with."))
        return given
