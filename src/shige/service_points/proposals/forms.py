"""Forms of proposals for idle space (R13)."""

import secrets

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shige.trust.telephone_field import TelephoneField

from .commands import WORDS_LIMIT


class ProposalForm(forms.Form):
    """A use that somebody proposes."""

    words = forms.CharField(
        label=_("What could it become?"),
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody reads it with the answer: please no names and no numbers."),
    )
    phone = TelephoneField(
        label=_("Telephone"),
        required=False,
        help_text=_("To talk it over. It is sealed, opened on record only, and deleted after half a year."),
    )
    key = forms.CharField(
        max_length=60, required=False, initial=secrets.token_urlsafe, widget=forms.HiddenInput
    )


class AnswerForm(forms.Form):
    """What is answered: adopted or not, and what becomes of it or why not."""

    adopted = forms.ChoiceField(
        label=pgettext_lazy("proposal", "Answer"),
        choices=[
            ("yes", pgettext_lazy("proposal", "adopted")),
            ("no", pgettext_lazy("proposal", "not adopted")),
        ],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What becomes of it, or why not"),
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody reads it."),
    )
