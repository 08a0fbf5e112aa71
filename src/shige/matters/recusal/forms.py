"""The form that names whom a sealed matter is about."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..workflow.commands.steps import NOTE_LIMIT


class RecusalForm(forms.Form):
    """Whom it is about: somebody who served there at the time."""

    def __init__(self, people: list[tuple[int, str]], data: Any = None) -> None:
        super().__init__(data, auto_id="id_recusal_%s")
        self.fields["person"] = forms.TypedChoiceField(
            label=_("Whom it is about"),
            help_text=_("They and their line managers up to the seal know of it no more, in whatever post."),
            choices=[("", "—"), *people],
            coerce=int,
        )
        self.fields["reason"] = forms.CharField(
            label=_("Reason"),
            help_text=_(
                "The district reads it. A further one, or the last at a post, the level above confirms."
            ),
            max_length=NOTE_LIMIT,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
