"""Forms of the office's pages; what each action asks for."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from shige.profile import Transition
from shige.trust.jurisdiction import language, profile

from ..summaries.commands import RESULT, WORDS
from ..workflow.commands.steps import NOTE_LIMIT
from .commands.contact import REASON_LIMIT

STARS: Final = (
    (5, _("★★★★★ very content")),
    (4, _("★★★★ content")),
    (3, _("★★★ so-so")),
    (2, _("★★ not content")),
    (1, _("★ not at all content")),
)
"""How content a reporter may say that they are."""


def leaf_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return every sub-category under the name of its top one."""
    said = language()
    return [
        (
            top.name.in_language(said),
            [(leaf.code, leaf.name.in_language(said)) for leaf in top.children or (top,)],
        )
        for top in profile().categories
    ]


class SummaryForm(forms.Form):
    """What everybody may read of a matter, in the office's own words."""

    words = forms.CharField(
        label=_("What it is about"),
        max_length=WORDS,
        required=False,
        help_text=_("For neighbours near it. Nobody's name, door, plate or number; empty takes it back."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    result = forms.CharField(
        label=_("What was done"),
        max_length=RESULT,
        required=False,
        help_text=_("With it the case stands on the public page once its reporter says that it is solved."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ActionForm(forms.Form):
    """One action of the table: what must be said, to whom it is passed on."""

    def __init__(
        self,
        transition: Transition,
        peers: list[tuple[int, str]],
        data: Any = None,
        *,
        open_work: int = 0,
        guarded: bool = False,
        told: str = "",
    ) -> None:
        super().__init__(data, auto_id=f"id_{transition.action}_%s")
        if transition.action == "pass_on":
            self.fields["post"] = forms.TypedChoiceField(label=_("To the post"), choices=peers, coerce=int)
        if transition.action == "merge":
            self.fields["into"] = forms.CharField(label=_("Number of the other matter"), max_length=20)
        if transition.action in ("sort", "release"):
            self._ask_category(released=transition.action == "release", guarded=guarded)
        if transition.action == "set_place":
            self.fields["lon"] = forms.FloatField(label=_("Longitude"), required=False)
            self.fields["lat"] = forms.FloatField(label=_("Latitude"), required=False)
            self.fields["building"] = forms.IntegerField(required=False, widget=forms.HiddenInput)
        if transition.note is not None:
            self.fields["note"] = forms.CharField(
                label=transition.note.in_language(language()),
                help_text=told,
                max_length=NOTE_LIMIT,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        if transition.action == "confirm_by_phone":
            self.fields["rating"] = forms.TypedChoiceField(
                label=_("How content the reporter is, in their words"),
                help_text=_("Only if they said it in this call."),
                choices=[("", _("not said")), *STARS],
                coerce=int,
                empty_value=None,
                required=False,
            )
        if transition.result and open_work:
            self.fields["despite"] = forms.CharField(
                label=_("Why it is solved although tasks are still open"),
                help_text=_("Not needed once they are accepted or withdrawn."),
                max_length=200,
            )

    def _ask_category(self, *, released: bool, guarded: bool) -> None:
        """Ask for a category; what is released keeps the one that it was reported under, unless told."""
        self.fields["category"] = forms.ChoiceField(
            label=_("Category"),
            help_text=_("Must be chosen where the matter is filed as danger: say what it is about instead.")
            if released
            else "",
            required=not released,
            choices=lambda: [*([("", _("as it was reported"))] if released else []), *leaf_choices()],
        )
        if guarded and not released:
            self.fields["reason"] = forms.CharField(
                label=_("Why it may be mediated after all"),
                help_text=_("Needed where the new category may be mediated; it stands in the history."),
                required=False,
                max_length=NOTE_LIMIT,
                widget=forms.Textarea(attrs={"rows": 3}),
            )


class RevealForm(forms.Form):
    """Why something sealed is opened; of an ordinary matter that follows from the duty and is not asked."""

    reason = forms.CharField(
        label=_("Why do you open it?"),
        max_length=REASON_LIMIT,
        help_text=_("It is recorded who opened it, when and why."),
    )

    def __init__(self, *given: Any, asked: bool = True, **named: Any) -> None:
        super().__init__(*given, **named)
        if not asked:
            del self.fields["reason"]


class RelationForm(forms.Form):
    """Which other matter belongs to this one, and why."""

    other = forms.CharField(label=_("Number of the other matter"), max_length=20)
    reason = forms.CharField(
        label=_("Why they belong together"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
