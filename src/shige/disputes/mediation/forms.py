"""Forms of a mediation's record: one for each kind of entry."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shige.trust.date_inputs import DayField, MomentField
from shige.trust.models import Post
from shige.trust.telephone_field import TelephoneField

from .commands import LINE_LIMIT, TEXT_LIMIT, WORDS_LIMIT, PartyIn, PromiseIn, SessionIn
from .queries import RESULTS, SIDES


class NoteForm(forms.Form):
    """An addition to the running note."""

    text = forms.CharField(
        label=_("Add to the note"), max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 5})
    )


class PartyForm(forms.Form):
    """Somebody of the dispute."""

    side = forms.ChoiceField(
        label=_("Side"), choices=[(side, SIDES[side]) for side in ("first", "second", "further", "witness")]
    )
    name = forms.CharField(label=_("How to address them"), max_length=60)
    phone = TelephoneField(label=_("Telephone"), required=False, autocomplete="off")

    def given(self) -> PartyIn:
        """Return what was written, once it is valid."""
        return PartyIn(**self.cleaned_data)


class SessionForm(forms.Form):
    """A session as it was held."""

    held_at = MomentField(label=_("When"))
    where = forms.CharField(label=_("Where"), max_length=LINE_LIMIT)
    result = forms.ChoiceField(label=_("What came of it"), choices=list(RESULTS.items()))
    helpers = forms.TypedMultipleChoiceField(
        label=_("Who mediated with you"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label=_("Who else sat in, by what they are"),
        max_length=LINE_LIMIT,
        required=False,
        help_text=_("Such as a stair chief or volunteers; no names."),
    )
    next_on = DayField(label=_("Next session"), required=False)

    def __init__(self, helpers: tuple[Post, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["helpers"].choices = [(post.pk, post.name) for post in helpers]  # type: ignore[attr-defined]
        if not helpers:
            del self.fields["helpers"]

    def given(self) -> SessionIn:
        """Return what was written, once it is valid."""
        return SessionIn(**self.cleaned_data)


class PromiseForm(forms.Form):
    """What a side has promised."""

    who = forms.ChoiceField(
        label=_("Who"),
        choices=[(who, SIDES[who]) for who in ("first", "second", "both", "further", "office")],
    )
    what = forms.CharField(
        label=_("What is promised"), max_length=WORDS_LIMIT, help_text=_("Without names and numbers.")
    )
    due = DayField(label=_("By when"))

    def given(self) -> PromiseIn:
        """Return what was written, once it is valid."""
        return PromiseIn(**self.cleaned_data)


class AgreementForm(forms.Form):
    """The agreement's text."""

    text = forms.CharField(
        label=_("What the parties agree"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("It replaces an earlier text. Both sign the printed page."),
    )


class MonthForm(forms.Form):
    """What a month has taught."""

    experience = forms.CharField(
        label=_("What went well"),
        required=False,
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    shortcomings = forms.CharField(
        label=_("What fell short"),
        required=False,
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
