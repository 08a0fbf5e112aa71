"""Forms of the list: its filter bar, a filter that is kept, a telephone to be found, many matters at once."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shige.trust.date_inputs import DayField
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import language, profile
from shige.trust.telephone_field import TelephoneField
from shige.trust.veil import unveiled

from ..workflow.commands.steps import NOTE_LIMIT
from ..workflow.workflows import all_states, kinds_of_matters
from .commands.saved_filters import NAME_LIMIT, QUERY_LIMIT
from .commands.telephone import REASON_LIMIT
from .queries.choices import CODES, choices_for, key_of_code, name_of_area, name_of_post
from .queries.circumstances import circumstances
from .queries.filters import ALL, DONE, OPEN, OUTSIDE, SEARCH_LIMIT, Box, Keys, MatterFilter

YEARS: Final = (1970, 2200)
NONE = ("", "—")

Choice = tuple[Any, Any]


def _states() -> list[Choice]:
    return [
        (OPEN, pgettext_lazy("state", "Open")),
        *all_states(),
        (DONE, pgettext_lazy("state", "Done")),
        (ALL, pgettext_lazy("state", "All")),
    ]


def _tiers() -> list[Choice]:
    return [NONE, *((tier.code, tier.name.in_language(language())) for tier in profile().tiers)]


def _kinds() -> list[Choice]:
    return [NONE, *((kind.code, kind.name.in_language(language())) for kind in kinds_of_matters())]


def _departments() -> list[Choice]:
    return [NONE, *((part.code, part.name.in_language(language())) for part in profile().departments)]


def _categories() -> list[Choice]:
    """Return each top category, and below it its sub-categories."""
    said = language()
    found: list[Choice] = [NONE]
    for top in profile().categories:
        found.append((top.code, top.name.in_language(said)))
        found += [(leaf.code, f"\u3000{leaf.name.in_language(said)}") for leaf in top.children]
    return found


def _circumstances() -> list[Choice]:
    return [NONE, *((name, one.title) for name, one in circumstances().items())]


def _outside() -> list[Choice]:
    said = language()
    levels = [(level, profile().level("micro" if level == "leaf" else level)) for level in OUTSIDE]
    return [NONE, *((level, one.name.in_language(said)) for level, one in levels)]


class FilterForm(forms.Form):
    """What the list is narrowed to; what does not fit counts as not chosen."""

    text = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=SEARCH_LIMIT,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("words, place, number")}),
    )
    state = forms.ChoiceField(label=_("State"), choices=_states, required=False, initial=OPEN)
    category = forms.ChoiceField(label=_("Category"), choices=_categories, required=False)
    grid = forms.TypedChoiceField(label=_("Grid"), coerce=int, empty_value=None, required=False)
    late = forms.BooleanField(label=_("Late only"), required=False)
    mine = forms.BooleanField(label=_("Mine only"), required=False)
    tier = forms.ChoiceField(label=_("Tier"), choices=_tiers, required=False)
    kind = forms.ChoiceField(label=pgettext_lazy("of matter", "Kind"), choices=_kinds, required=False)
    owner = forms.TypedChoiceField(label=_("Owner"), coerce=int, empty_value=None, required=False)
    department = forms.ChoiceField(label=_("Department"), choices=_departments, required=False)
    confidential = forms.BooleanField(label=_("Confidential only"), required=False)
    led = forms.BooleanField(label=_("Taken on by the leader"), required=False)
    circumstance = forms.ChoiceField(label=_("Circumstance"), choices=_circumstances, required=False)
    outside = forms.ChoiceField(label=_("In none of"), choices=_outside, required=False)
    since = DayField(label=_("Reported from"), required=False)
    until = DayField(label=_("Reported until"), required=False)
    compound = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    within = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    imported = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)

    ALWAYS = ("text", "state", "category", "grid", "late", "mine")

    def __init__(self, viewer: Viewer, data: Any = None) -> None:
        super().__init__(_with_key(data) if data else data)
        said, offered = language(), choices_for(viewer)
        grids: dict[str, list[Choice]] = {}
        for pk, level, name in offered.grids:
            grids.setdefault(profile().level(level).name.in_language(said), []).append((pk, name))
        self._offer_itself("category")
        self._offer("grid", list(grids.items()), {pk for pk, _level, _name in offered.grids}, name_of_area)
        self._offer("owner", list(offered.owners), {pk for pk, _name in offered.owners}, name_of_post)

    def _offer(
        self, name: str, choices: list[Choice], known: set[int], name_of: Callable[[int], str]
    ) -> None:
        """Offer choices; what a link has chosen beside them is offered as well."""
        given = str(self.data.get(name, ""))
        if (
            given.isdecimal()
            and len(given) < 19
            and int(given) not in known
            and (said := name_of(int(given)))
        ):
            choices = [(int(given), said), *choices]
        self.fields[name].choices = [NONE, *choices]  # type: ignore[attr-defined]

    def _offer_itself(self, name: str) -> None:
        """Offer a category without those below it, where a link has chosen it."""
        given = str(self.data.get(name, ""))
        field: Any = self.fields[name]
        above = dict(field.choices).get(given.removesuffix("."), "")
        if given.endswith(".") and above:
            field.choices = [
                *field.choices,
                (given, _("%(category)s, nothing below it") % {"category": above}),
            ]

    def clean_since(self) -> date | None:
        """Return the first day."""
        return _possible(self.cleaned_data["since"])

    def clean_until(self) -> date | None:
        """Return the last day."""
        return _possible(self.cleaned_data["until"])

    def clean_compound(self) -> int | None:
        """Read which compound a link has chosen; what was not written here counts as not chosen."""
        try:
            return int(unveiled("key", self.cleaned_data["compound"]))
        except ValueError:
            return None

    def clean_within(self) -> Box | None:
        """Read west, south, east and north in degrees."""
        return read_box(self.cleaned_data["within"])

    def clean_imported(self) -> Keys | None:
        """Read which import a link has chosen; what was not written here counts as not chosen."""
        try:
            first, last = unveiled("imported", self.cleaned_data["imported"]).split(",")
        except ValueError:
            return None
        return int(first), int(last)

    def chosen(self) -> MatterFilter:
        """Return what is chosen."""
        self.is_valid()
        given: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if value}
        return MatterFilter(**given)

    def usual(self) -> list[forms.BoundField]:
        """Return the fields that are always in sight."""
        return [self[name] for name in self.ALWAYS]

    def further(self) -> list[forms.BoundField]:
        """Return the fields behind one press."""
        return [field for field in self.visible_fields() if field.name not in self.ALWAYS]

    def is_further(self) -> bool:
        """Say whether one of those is in use."""
        return any(field.data for field in self.further())


def _possible(day: date | None) -> date | None:
    """Return a day on which something can have been reported; an absurd one counts as not chosen."""
    return day if day and YEARS[0] <= day.year <= YEARS[1] else None


def _with_key(data: Any) -> Any:
    """Return what was asked with the key of a grid that is named by its code, as figures name it."""
    code = str(data.get("grid", ""))
    key = key_of_code(code) if len(code) in CODES and code.isdecimal() else None
    if key is None:
        return data
    keyed = data.copy()
    keyed["grid"] = str(key)
    return keyed


def read_box(text: str) -> Box | None:
    """Read a part of the map; None where the text is none."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None
    return (west, south, east, north) if -180 <= west <= east <= 180 and -90 <= south <= north <= 90 else None


class SaveFilterForm(forms.Form):
    """A name for the filter in use."""

    name = forms.CharField(label=_("Name of the filter"), max_length=NAME_LIMIT)
    query = forms.CharField(required=False, max_length=QUERY_LIMIT, widget=forms.HiddenInput)


class PhoneForm(forms.Form):
    """The telephone by which a reporter is asked for, and why."""

    phone = TelephoneField(
        label=_("Telephone of the reporter"),
        help_text=_("Finds the matters whose contact you may open. Names and numbers stay sealed."),
        autocomplete="off",
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LIMIT,
        help_text=_("It is kept with your name at each matter that is found."),
    )


class AssignForm(forms.Form):
    """One post and one reason for many matters."""

    post = forms.TypedChoiceField(label=_("To the post"), coerce=int)
    note = forms.CharField(label=_("Reason"), max_length=NOTE_LIMIT, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, posts: list[tuple[int, str]], data: Any = None) -> None:
        super().__init__(data)
        self.fields["post"].choices = posts  # type: ignore[attr-defined]
