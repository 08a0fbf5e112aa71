"""Forms of urgings: urging itself, and what each act asks for."""

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from shige.matters import clock
from shige.trust.date_inputs import DayField
from shige.trust.form_text import TEXT_LIMIT

from .acts import Act

USUAL: Final = timedelta(days=7)
NOBODY: Final = _(
    "Of the work only: no names, no telephones, no doors. The other side reads it as it stands."
)


class UrgeForm(forms.Form):
    """Why an answer is asked for, and by when; ``case`` where it is about one."""

    reason = forms.CharField(
        label=_("Why you urge"),
        help_text=NOBODY,
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    due = DayField(label=_("Answer by"))
    case = forms.CharField(required=False, max_length=90, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, case: str = "") -> None:
        super().__init__(data, initial={"due": localdate(clock.now()) + USUAL, "case": case})


class ActForm(forms.Form):
    """What must be said with an act, and the day that it names."""

    words = forms.CharField(max_length=TEXT_LIMIT, help_text=NOBODY, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, act: Act, data: Any = None) -> None:
        super().__init__(data, auto_id=f"id_{act.action}_%s")
        self.fields["words"].label = act.words
        if act.day is not None:
            self.fields["on"] = DayField(label=act.day, initial=localdate(clock.now()) + USUAL)
