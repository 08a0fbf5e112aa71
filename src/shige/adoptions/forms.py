"""Forms of adoptions: for which organisation, whom to call, and what a list is narrowed to."""

import secrets
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shige.redline.models import Standing
from shige.redline.reach import is_open
from shige.trust.queries import today
from shige.trust.telephone_field import TelephoneField
from shige.trust.veil import unveiled, veiled

from .queries import AdoptionFilter


def unveil(written: str) -> int:
    """Return the running key that stands veiled in a form."""
    return int(unveiled("key", written))


def named(organisations: Mapping[int, Standing]) -> list[tuple[str, str]]:
    """Return open organisations as choices, by area and name, their keys veiled."""
    rows = sorted(organisations.items(), key=lambda pair: (pair[1].area.code, pair[1].name))
    return [(veiled("key", str(number)), row.name) for number, row in rows if is_open(row)]


def new_key() -> str:
    """Return what tells one form from another, so that it adopts once however often it is sent."""
    return secrets.token_urlsafe(24)


class AdoptForm(forms.Form):
    """Which organisation adopts, and whom the office calls there."""

    organisation = forms.TypedChoiceField(label=gettext_lazy("Party organisation"), coerce=unveil)
    name = forms.CharField(label=gettext_lazy("Contact at the organisation"), max_length=40)
    phone = TelephoneField(label=gettext_lazy("Telephone"))
    key = forms.CharField(widget=forms.HiddenInput, max_length=60, initial=new_key)

    def __init__(self, organisations: Mapping[int, Standing], data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["organisation"].choices = named(organisations)  # type: ignore[attr-defined]


class WishesForm(forms.Form):
    """The community to which the wishes on offer are narrowed; what does not fit counts as all."""

    community = forms.ChoiceField(label=gettext_lazy("Community"), required=False)

    def __init__(self, communities: list[tuple[str, str]], data: Any) -> None:
        super().__init__(data)
        self.fields["community"].choices = [("", _("All")), *communities]  # type: ignore[attr-defined]

    def chosen(self) -> str:
        """Return the code of the community; empty for all."""
        return str(self.cleaned_data["community"]) if self.is_valid() else ""


class AdoptionsForm(forms.Form):
    """What the list of adoptions is narrowed to."""

    year = forms.IntegerField(label=gettext_lazy("Year"), required=False, min_value=2000, max_value=2200)
    community = forms.CharField(required=False, max_length=18, widget=forms.HiddenInput)
    organisation = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    fulfilled = forms.BooleanField(label=gettext_lazy("Fulfilled only"), required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000, widget=forms.HiddenInput)

    def clean_organisation(self) -> int | None:
        """Return the number behind what stands in the address."""
        sent = self.cleaned_data["organisation"]
        try:
            return unveil(sent) if sent else None
        except ValueError as error:
            raise forms.ValidationError(_("Choose from what is offered.")) from error

    def chosen(self) -> AdoptionFilter:
        """Return the filter; what does not fit narrows nothing."""
        self.is_valid()
        given = self.cleaned_data
        return AdoptionFilter(
            year=given.get("year") or today().year,
            community=given.get("community", ""),
            organisation=given.get("organisation"),
            fulfilled=given.get("fulfilled", False),
            page=given.get("page") or 1,
        )
