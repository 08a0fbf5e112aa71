"""Forms of a service point: what it is, its week, days on which it is closed, what is on offer (R13)."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from shige.territory.places.forms import PlaceFields
from shige.trust.date_inputs import DayField
from shige.trust.gate import Viewer
from shige.trust.models import Post
from shige.trust.queries import in_reach
from shige.trust.telephone_field import TelephoneField, shown

from ..hours import CrossedHoursError, UnclearHoursError, UnreadableHoursError, read_hours, written_hours
from ..models import ServicePoint
from ..opening import Week
from .commands import (
    ABOUT_LIMIT,
    NAME_LIMIT,
    NOTE_LIMIT,
    OFFER_LIMIT,
    PLACE_LIMIT,
    REASON_LIMIT,
    PointIn,
)
from .queries import ACCESS, PointFilter, kind_choices, serving_communities, week_of

NONE = ("", "—")
COLUMNS = ("kind", "name", "access", "capacity", "keeps_holidays", "about", "place", "lon", "lat")
ALL = ("", _("All"))


class PointFilterForm(forms.Form):
    """What a list of points is narrowed to; what does not fit counts as not chosen."""

    text = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("name, place, what is on offer")}),
    )
    kind = forms.ChoiceField(label=pgettext_lazy("of service point", "Kind"), required=False)
    community = forms.ChoiceField(label=_("Community"), required=False)
    open_now = forms.BooleanField(label=_("Open now"), required=False)
    step_free = forms.BooleanField(label=_("Step-free"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["kind"].choices = [ALL, *kind_choices()]  # type: ignore[attr-defined]
        self.fields["community"].choices = [ALL, *serving_communities()]  # type: ignore[attr-defined]

    def wanted(self) -> PointFilter:
        """Return what is chosen."""
        self.is_valid()
        return PointFilter(**{name: value for name, value in self.cleaned_data.items() if value})


class KeptFilterForm(PointFilterForm):
    """The same for the office, which finds those that have ended too."""

    ended = forms.BooleanField(label=_("Ended ones"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        del self.fields["open_now"]


class PointForm(PlaceFields):
    """What is said of a point."""

    kind = forms.ChoiceField(label=pgettext_lazy("of service point", "Kind"))
    name = forms.CharField(label=_("Name"), max_length=NAME_LIMIT)
    access = forms.ChoiceField(label=_("Getting in with a wheelchair"), choices=[NONE, *ACCESS.items()])
    capacity = forms.IntegerField(label=_("People at once"), min_value=1, max_value=30_000, required=False)
    telephone = TelephoneField(
        label=_("Telephone of the office"),
        help_text=_("Everybody reads it. Please no private number."),
        required=False,
    )
    keeps_holidays = forms.BooleanField(
        label=_("Closed on public holidays, open on make-up workdays"), required=False, initial=True
    )
    keeper = forms.TypedChoiceField(label=_("Kept by"), coerce=int, empty_value=None, required=False)
    about = forms.CharField(
        label=_("What people should know"),
        required=False,
        max_length=ABOUT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    place = forms.CharField(
        label=_("What people call the place"),
        help_text=_("Empty for the address that is found there."),
        max_length=PLACE_LIMIT,
        required=False,
    )

    def __init__(self, viewer: Viewer, data: Any = None, point: ServicePoint | None = None) -> None:
        before = {}
        if point:
            before = {name: getattr(point, name) for name in COLUMNS}
            before |= {"keeper": point.keeper_id, "telephone": shown(point.telephone)}
        super().__init__(data, initial=before)
        posts = Post.objects.filter(in_reach(viewer, "service_point.edit"), closed_at=None)
        kept = {post.pk: post.name for post in posts.select_related("area").order_by("area__code", "pk")}
        if point and point.keeper:
            kept.setdefault(point.keeper.pk, point.keeper.name)
        self.fields["keeper"].choices = [NONE, *kept.items()]  # type: ignore[attr-defined]
        self.fields["kind"].choices = kind_choices()  # type: ignore[attr-defined]

    def given(self) -> PointIn:
        """Return what was written, once it is valid."""
        return PointIn(**self.cleaned_data)


class MakesWayForm(forms.Form):
    """A change that may hit what is booked: then it is asked first, and ``cancel`` is shown."""

    cancel = forms.BooleanField(
        label=_("Cancel what is booked then"), required=False, widget=forms.HiddenInput
    )

    def add_error(self, field: str | None, error: Any) -> None:
        """Show the question where it is what is missing."""
        super().add_error(field, error)
        if self.has_error("cancel"):
            self.fields["cancel"].widget = forms.CheckboxInput()


SAME = frozenset({"同周一", "同星期一", "同上", "same"})
"""What stands for the hours of Monday."""


class WeekForm(MakesWayForm):
    """The hours of a week, each day as people write them; ``同周一`` for those of Monday."""

    def __init__(self, data: Any = None, point: ServicePoint | None = None) -> None:
        super().__init__(data)
        before = week_of(point) if point else ((),) * 7
        for day, spans in enumerate(before):
            field = forms.CharField(label=WEEKDAYS[day], required=False, max_length=60)
            field.initial = written_hours(spans)
            field.widget.attrs["placeholder"] = _("closed")
            self.fields[f"day_{day + 1}"] = field
        self.order_fields([name for name in self.fields if name != "cancel"])

    def clean(self) -> dict[str, Any]:
        """Read each day; what cannot be read is named at its day."""
        given = super().clean() or {}
        for name in [name for name in self.fields if name.startswith("day_")]:
            if name != "day_1" and given.get(name, "").strip() in SAME:
                given[name] = given.get("day_1", ())
                continue
            try:
                given[name] = read_hours(given.get(name, ""))
            except UnclearHoursError as error:
                said = gettext(
                    "“%(part)s”: at night? Write 凌晨 before it, or for the afternoon 13:00-17:00."
                )
                self.add_error(name, ValidationError(said % {"part": error.part}))
            except CrossedHoursError as error:
                said = gettext(
                    "“%(part)s” ends before it begins, or two of them overlap. Hours past midnight go to the "
                    "next day: 20:00-24:00, and there 0:00-2:00."
                )
                self.add_error(name, ValidationError(said % {"part": error.part}))
            except UnreadableHoursError as error:
                said = gettext(
                    "“%(part)s” are no hours. Write 9:00-12:00, 13:30-17:30; leave it empty where closed."
                )
                self.add_error(name, ValidationError(said % {"part": error.part}))
        return given

    def week(self) -> Week:
        """Return the hours, once they are valid."""
        return tuple(self.cleaned_data[f"day_{day}"] for day in range(1, 8))


class ClosureForm(MakesWayForm):
    """Days on which a point is closed."""

    first = DayField(label=_("Closed from"))
    last = DayField(label=_("to (last day)"))
    reason = forms.CharField(
        label=_("Why"), max_length=REASON_LIMIT, help_text=_("Everybody reads it: works, holiday …")
    )
    field_order = ("first", "last", "reason", "cancel")

    def given(self) -> tuple[date, date, str]:
        """Return first day, last day and reason, once they are valid."""
        return self.cleaned_data["first"], self.cleaned_data["last"], self.cleaned_data["reason"]


class OfferForm(forms.Form):
    """One thing that is on offer."""

    name = forms.CharField(label=_("What is on offer"), max_length=OFFER_LIMIT)
    note = forms.CharField(
        label=_("When, for whom"),
        max_length=NOTE_LIMIT,
        required=False,
        help_text=_("Tuesdays 9 to 11, free"),
    )
