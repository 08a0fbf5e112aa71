"""What a form says of a value that it does not offer: never the value, which may be an internal number."""

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

NOT_OFFERED: Final = _("Please choose one of the options that are offered.")


def repeat_no_values() -> None:
    """Let every field refuse what it does not offer in one sentence; called before any form is declared."""
    for field in (forms.ChoiceField, forms.MultipleChoiceField, forms.ModelMultipleChoiceField):
        field.default_error_messages |= {"invalid_choice": NOT_OFFERED}
    forms.ModelMultipleChoiceField.default_error_messages |= {"invalid_pk_value": NOT_OFFERED}
    forms.ModelChoiceField.default_error_messages |= {"invalid_choice": NOT_OFFERED}
