"""The form that names whom a sealed matter is about."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


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
