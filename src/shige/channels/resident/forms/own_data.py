"""Forms by which a reporter proves to be the one and corrects the contact (P5)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shige.trust.telephone_field import TelephoneField


class ProofForm(forms.Form):
    """The telephone that was left, unless this device filed the matter or no telephone tells."""

    proof = TelephoneField(
        label=_("The telephone that you left with it"),
        help_text=_("It shows that it is you: this device did not file the matter."),
    )

    def __init__(self, data: Any = None, *, asked: bool, act: str, relayed: bool = False) -> None:
        super().__init__(data, auto_id=f"id_{act}_%s")
        if not asked:
            del self.fields["proof"]
        elif relayed:
            self.fields["proof"].help_text = _(
                "It shows that it is you: somebody at work registered this for you."
            )


class CorrectionForm(ProofForm):
    """Another name and telephone; what is left empty stays as it is."""

    name = forms.CharField(
        label=_("Name"), required=False, max_length=40, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = TelephoneField(label=_("Telephone"), required=False)


class TelephoneForm(forms.Form):
    """The telephone that was left with a matter."""

    phone = forms.CharField(
        label=_("The telephone that you left with it"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel", "type": "tel"}),
    )


class OneTimeForm(forms.Form):
    """The code that was sent to it."""

    typed = forms.CharField(
        label=_("Code of six digits"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
    token = forms.CharField(max_length=300, widget=forms.HiddenInput)
