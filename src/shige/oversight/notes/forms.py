"""Forms of notes: one for each kind, and the answer to a finding."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shige.matters import clock
from shige.trust.date_inputs import DayField
from shige.trust.form_text import TEXT_LIMIT

from ..models import Note
from ..urgings.forms import NOBODY
from .kinds import LOOKED_AT


def text(label: Any, *, required: bool = True, rows: int = 3, help_text: Any = "") -> forms.CharField:
    """Return a field for words about the work."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class VisitForm(forms.Form):
    """When, what was looked at, what was found, and what comes next."""

    on = DayField(label=gettext_lazy("Day of the visit"))
    looked_at = forms.MultipleChoiceField(
        label=gettext_lazy("What was looked at"),
        choices=list(LOOKED_AT.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    words = text(gettext_lazy("What is good"), required=False, help_text=NOBODY)
    to_mend = text(gettext_lazy("What is to be mended"), required=False)
    step = text(gettext_lazy("Agreed next step"), required=False, rows=2)
    step_by = DayField(label=gettext_lazy("Next step by"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"on": localdate(clock.now())})

    def clean(self) -> dict[str, Any]:
        """Refuse a visit of which nothing is said, and half an agreement."""
        given: dict[str, Any] = super().clean() or {}
        if not (given.get("words") or given.get("to_mend")) and not self.errors:
            raise ValidationError({"words": _("Say what is good, or what is to be mended.")})
        if given.get("step") and not given.get("step_by"):
            self.add_error("step_by", _("By which day was this agreed?"))
        if given.get("step_by") and not given.get("step"):
            self.add_error("step", _("What was agreed for that day?"))
        return given


class GuidanceForm(forms.Form):
    """What the post in charge may go by; it needs no answer."""

    words = text(gettext_lazy("Guidance"), rows=4, help_text=NOBODY)


class FindingForm(forms.Form):
    """What is to be settled above."""

    words = text(gettext_lazy("What should be settled above, and why"), rows=4, help_text=NOBODY)


class AnswerForm(forms.Form):
    """What was taken up of a finding."""

    words = text(gettext_lazy("What was taken up, or why not"), help_text=NOBODY)


FORMS: dict[str, type[forms.Form]] = {
    Note.Kind.VISIT: VisitForm,
    Note.Kind.GUIDANCE: GuidanceForm,
    Note.Kind.FINDING: FindingForm,
}
