"""The form of the counter: what a resident says there, where it is, how to tell them, and their consent."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from shige.matters.forms.acting import leaf_choices

from .forms import ContactForm, PlaceForm, WordsForm

OF_A_PERSON: Final = ("phone", "name", "consent")


class CounterForm(WordsForm, PlaceForm, ContactForm):
    """A matter registered for somebody, or from an opinion note, which has no reporter.

    ``key`` makes the same form sent twice one matter; ``category`` is picked beside the words, ``other`` from
    the whole table.
    """

    key = forms.CharField(max_length=40, widget=forms.HiddenInput)
    category = forms.CharField(required=False, max_length=8)
    other = forms.ChoiceField(
        label=_("Another category"),
        required=False,
        choices=lambda: [("", _("as the words suggest")), *leaf_choices()],
    )
    consent = forms.BooleanField(
        label=_("The person agrees that this is registered and passed on"),
        required=False,
    )

    def __init__(self, *args: Any, of_person: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("How to address them")
        self.fields["phone"].help_text = _("To ask back and to tell the result. It is sealed.")
        if not of_person:
            for name in OF_A_PERSON:
                del self.fields[name]
