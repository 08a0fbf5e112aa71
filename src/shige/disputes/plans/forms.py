"""Forms of the plan for the claim of a group."""

from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shige.trust.date_inputs import DayField

from .commands import LINE_LIMIT, MOST, WORDS_LIMIT
from .corrections import Correction
from .duty import MeasureIn
from .queries import PlanView


class GroupForm(forms.Form):
    """Claimants with one interest."""

    interest = forms.CharField(
        label=_("What unites them"), max_length=LINE_LIMIT, help_text=_("An interest, never names.")
    )
    count = forms.IntegerField(label=_("How many they are"), min_value=1, max_value=MOST)


class MeasureForm(forms.Form):
    """What is done for a group, by whom and by when."""

    group = forms.TypedChoiceField(label=_("For whom"), coerce=int, empty_value=None, required=False)
    what = forms.CharField(label=pgettext_lazy("of plan", "Measure"), max_length=WORDS_LIMIT)
    post = forms.TypedChoiceField(label=_("Responsible post"), coerce=int, empty_value=None, required=False)
    body = forms.CharField(
        label=_("Or a body by its name"), max_length=LINE_LIMIT, required=False,
        help_text=_("Where it has no post here, such as a developer."),
    )  # fmt: skip
    due = DayField(label=_("By when"))

    def __init__(self, plan: PlanView, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [("", _("all claimants")), *((group.pk, group.interest) for group in plan.groups)]
        posts = [("", "—"), *((post.pk, f"{post.name} · {post.area.name}") for post in plan.posts)]
        self.fields["group"].choices = groups  # type: ignore[attr-defined]
        self.fields["post"].choices = posts  # type: ignore[attr-defined]

    def given(self) -> MeasureIn:
        """Return what was written, once it is valid."""
        return MeasureIn(**{field.name: self.cleaned_data[field.name] for field in fields(MeasureIn)})


class ProgressForm(forms.Form):
    """How far a measure came."""

    progress = forms.CharField(label=_("Progress"), max_length=WORDS_LIMIT, required=False)
    done = forms.BooleanField(label=_("done"), required=False)


def correcting(form: forms.Form, plan: PlanView) -> None:
    """Let a form carry the version of the plan that is seen, and ask for a reason once it is adopted."""
    form.fields["seen"] = forms.IntegerField(widget=forms.HiddenInput, initial=plan.version)
    if plan.adopted_at:
        form.fields["reason"] = forms.CharField(
            label=_("Reason"), max_length=WORDS_LIMIT, help_text=_("The history of the matter shows it.")
        )


def correction_of(form: forms.Form) -> Correction:
    """Return what a valid form says beside the correction itself."""
    return Correction(form.cleaned_data["seen"], form.cleaned_data.get("reason", ""))
