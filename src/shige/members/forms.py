"""Forms of the members' register: what a secretary asks, and what somebody declares."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shige.language.blank import trimmed
from shige.redline.models import Standing
from shige.redline.reach import is_open
from shige.territory.models import Area
from shige.trust.date_inputs import DayField
from shige.trust.queries import today
from shige.trust.telephone_field import TelephoneField
from shige.trust.veil import unveiled, veiled

from .commands import REASON_LIMIT, Declaration
from .queries import RegisterFilter
from .rules import MOST_AT_ONCE, MOST_MONTHLY, MOST_PLACES, offer_names

WORDS_LIMIT: Final = 200
PARTY: Final = [("yes", gettext_lazy("Member of the Party")), ("no", gettext_lazy("Not a member"))]
LINKS: Final = [
    ("each", gettext_lazy("One link for each person")),
    ("shared", gettext_lazy("One link for all, to be put up or sent to a group")),
]


def unveil(written: str) -> int:
    """Return the running key that stands veiled in a form."""
    return int(unveiled("key", written))


def named(organisations: Mapping[int, Standing]) -> list[tuple[str, str]]:
    """Return open organisations as choices, by name, their keys veiled."""
    rows = sorted(organisations.items(), key=lambda pair: (pair[1].area.code, pair[1].name))
    return [(veiled("key", str(number)), row.name) for number, row in rows if is_open(row)]


def new_form() -> str:
    """Return what tells one form from another, so that it counts once however often it is sent."""
    return secrets.token_urlsafe(24)


class OnceForm(forms.Form):
    """A form that does its work once."""

    form = forms.CharField(widget=forms.HiddenInput, max_length=60, initial=new_form)

    def clean_form(self) -> str:
        """Refuse what this program has not made."""
        sent = str(self.cleaned_data["form"])
        if len(sent) < len(new_form()):
            raise ValidationError(_("Please open the page anew."))
        return sent


class InviteForm(OnceForm):
    """For which organisation, how many, and by which links."""

    organisation = forms.TypedChoiceField(label=gettext_lazy("Party organisation"), coerce=unveil)
    places = forms.IntegerField(
        label=gettext_lazy("How many people"), min_value=1, max_value=MOST_PLACES, initial=10
    )
    links = forms.ChoiceField(
        label=gettext_lazy("Links"), choices=LINKS, initial="each", widget=forms.RadioSelect
    )

    def __init__(self, organisations: Mapping[int, Standing], data: Any = None) -> None:
        super().__init__(data)
        self.fields["organisation"].choices = named(organisations)  # type: ignore[attr-defined]


class DeclarationForm(OnceForm):
    """What somebody declares of themselves: only what serving needs."""

    name = forms.CharField(
        label=gettext_lazy("Full name"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = TelephoneField(label=gettext_lazy("Telephone"))
    party = forms.ChoiceField(
        label=gettext_lazy("Are you a member of the Party?"), choices=PARTY, widget=forms.RadioSelect
    )
    grid = forms.ChoiceField(label=gettext_lazy("Where you serve"))
    offers = forms.MultipleChoiceField(
        label=gettext_lazy("What you offer"), required=False, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label=gettext_lazy("In a few words"),
        required=False,
        max_length=WORDS_LIMIT,
        help_text=gettext_lazy("Such as: retired nurse, free on Tuesday afternoons."),
    )
    monthly = forms.IntegerField(
        label=gettext_lazy("Hours a month that you can give"), min_value=0, max_value=MOST_MONTHLY, initial=2
    )
    reports_home = forms.BooleanField(
        label=gettext_lazy("I work elsewhere and report at home to serve here (double report)"),
        required=False,
    )
    ready = forms.BooleanField(
        label=gettext_lazy("I am ready to become a grid worker when one is needed (reserve pool)"),
        required=False,
    )
    own_will = forms.BooleanField(
        label=gettext_lazy("I have read what is kept, and declare this of my own will")
    )

    def __init__(
        self, grids: Iterable[Area], data: Any = None, *, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["grid"].choices = [("", _("Please choose")), *by_community(grids)]  # type: ignore[attr-defined]
        self.fields["offers"].choices = list(offer_names().items())  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """Refuse a name of blanks."""
        name = trimmed(str(self.cleaned_data["name"]))
        if not name:
            raise ValidationError(_("Please fill this in."))
        return name

    def declaration(self) -> Declaration:
        """Return what a valid form declares."""
        given = self.cleaned_data
        return Declaration(
            name=given["name"],
            phone=given["phone"],
            grid=given["grid"],
            words=trimmed(given["words"]),
            offers=tuple(given["offers"]),
            monthly=given["monthly"],
            party=given["party"] == "yes",
            reports_home=given.get("reports_home", True),
            ready=given["ready"],
        )


class HomeForm(DeclarationForm):
    """The same, of somebody who works elsewhere and reports at home (双报到)."""

    reports_home = None  # type: ignore[assignment]


class ChangeForm(DeclarationForm):
    """The same, of somebody who has declared it already."""

    own_will = None  # type: ignore[assignment]
    form = None  # type: ignore[assignment]


class DeclineForm(forms.Form):
    """Why a declaration is declined; whoever declared reads it."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=REASON_LIMIT)


class EndForm(forms.Form):
    """Which invitations are taken back: those of an organisation that end at a moment."""

    organisation = forms.TypedChoiceField(coerce=unveil)
    until = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M:%S.%f%z"], widget=forms.HiddenInput)

    def __init__(self, organisations: Mapping[int, Standing], data: Any) -> None:
        super().__init__(data)
        keys = [veiled("key", str(number)) for number in organisations]
        self.fields["organisation"].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]

    def given(self) -> tuple[int, datetime]:
        """Return organisation and moment, once they are valid."""
        return self.cleaned_data["organisation"], self.cleaned_data["until"]


class HoursForm(OnceForm):
    """Hours of service given on a day, with what: something taken on, or a kind of help."""

    hours = forms.DecimalField(
        label=gettext_lazy("Hours of this service"),
        min_value=Decimal("0.5"),
        max_value=MOST_AT_ONCE,
        max_digits=3,
        decimal_places=1,
        step_size=Decimal("0.5"),
        initial=1,
    )
    day = DayField(label=gettext_lazy("Day of service"), initial=today)
    what = forms.ChoiceField(label=gettext_lazy("What you did"))

    def __init__(self, tasks: Iterable[str], data: Any = None) -> None:
        super().__init__(data)
        own = [(words, words) for words in dict.fromkeys(tasks)]
        choices = [*own, *offer_names().items(), ("", _("something else"))]
        self.fields["what"].choices = choices  # type: ignore[attr-defined]
        self.fields["what"].required = False


class RegisterForm(forms.Form):
    """What the list of the register is narrowed to."""

    waiting = forms.BooleanField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(
        label=gettext_lazy("Search"),
        required=False,
        max_length=60,
        widget=forms.TextInput(
            attrs={"type": "search", "placeholder": gettext_lazy("Whole name, organisation or grid")}
        ),
    )
    organisation = forms.TypedChoiceField(
        label=gettext_lazy("Party organisation"), required=False, coerce=unveil, empty_value=None
    )
    grid = forms.CharField(required=False, max_length=18, widget=forms.HiddenInput)
    offer = forms.ChoiceField(label=gettext_lazy("Offer"), required=False)
    ready = forms.BooleanField(label=gettext_lazy("Reserve pool only"), required=False)
    party = forms.BooleanField(label=gettext_lazy("Members of the Party only"), required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000, widget=forms.HiddenInput)

    def __init__(self, organisations: Mapping[int, Standing], data: Any) -> None:
        super().__init__(data)
        anyone = [("", _("All"))]
        self.fields["organisation"].choices = anyone + named(organisations)  # type: ignore[attr-defined]
        self.fields["offer"].choices = anyone + list(offer_names().items())  # type: ignore[attr-defined]

    def chosen(self) -> RegisterFilter:
        """Return the filter; what does not fit narrows nothing."""
        self.is_valid()
        given = self.cleaned_data
        return RegisterFilter(
            waiting=given.get("waiting", False),
            organisation=given.get("organisation"),
            grid=given.get("grid", ""),
            offer=given.get("offer", ""),
            ready=given.get("ready", False),
            party=given.get("party", False),
            words=trimmed(given.get("q", "")),
            page=given.get("page") or 1,
        )


def by_community(grids: Iterable[Area]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return grids as choices below the name of their community, which can be chosen as a whole."""
    found = []
    for community, inside in groupby(grids, lambda area: area.community):
        rows = [
            (area.code, _("the whole community") if area.pk == area.community_id else area.name)
            for area in inside
        ]
        found.append((community.name if community else "", rows))
    return found
