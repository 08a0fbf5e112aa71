"""The form that names whom a sealed matter is about."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shige.trust.templatetags.veils import veil
from shige.trust.veil import unveiled

from ..workflow.commands.steps import NOTE_LIMIT


def unveil(written: str) -> int:
    """Return the running key that stands in a form; ValueError where it was not written here."""
    return int(unveiled("key", written))


class RecusalForm(forms.Form):
    """Whom it is about: somebody who served there at the time."""

    def __init__(self, people: list[tuple[int, str]], data: Any = None) -> None:
        super().__init__(data, auto_id="id_recusal_%s")
        self.fields["person"] = forms.TypedChoiceField(
            label=_("Whom it is about"),
            help_text=_("They and their line managers up to the seal know of it no more, in whatever post."),
            choices=[("", "—"), *((veil(person), name) for person, name in people)],
            coerce=unveil,
        )
        self.fields["reason"] = forms.CharField(
            label=_("Reason"),
            help_text=_(
                "The district reads it. A further one, somebody above, or the last at a post takes a second "
                "person: the level above, else the independent office."
            ),
            max_length=NOTE_LIMIT,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
