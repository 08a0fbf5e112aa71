"""Forms of the team and of access by programs."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from .date_inputs import DayField
from .models import Appointment, Person
from .permissions import PERMISSIONS


def add_errors(form: forms.Form, error: ValidationError) -> None:
    """Show what a command refuses beside the fields that it names, or above the form."""
    fields = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for field, said in fields.items():
        form.add_error(field if field in form.fields else None, ValidationError(said))


class PersonForm(forms.Form):
    """A new account; its holder sets the password by a link."""

    username = forms.SlugField(label=_("User name"), max_length=60)
    service_name = forms.CharField(
        label=_("Service name"), max_length=60, help_text=_("As on the notice sign")
    )


class OwnPasswordForm(forms.Form):
    """The own password, twice, so that a slip of the hand shuts nobody out."""

    password = forms.CharField(
        label=_("New password"),
        help_text=_("At least ten characters; not one that many people use."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )
    again = forms.CharField(
        label=_("The same once more"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def clean(self) -> dict[str, Any]:
        """Refuse two that differ."""
        given = self.cleaned_data
        if len(given) == len(self.fields) and given["password"] != given["again"]:
            self.add_error("again", ValidationError(_("The two differ. Please type it once more.")))
        return given


class AppointmentForm(forms.Form):
    """Who holds a post from a day on; ``people`` are those who may be chosen."""

    # By the name of the account: a running key would tell how many accounts there are elsewhere.
    person = forms.ModelChoiceField(Person.objects.none(), to_field_name="username", label=_("Person"))
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[
            (Appointment.Kind.PRIMARY, _("primary")),
            (Appointment.Kind.DEPUTY, _("deputy")),
            (Appointment.Kind.SUBSTITUTE, _("substitute")),
        ],
    )
    since = DayField(label=_("From"))

    def __init__(self, people: QuerySet[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people.order_by("username")  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why a new password is asked for."""

    reason = forms.CharField(label=_("Why it is needed"), max_length=200)


class TokenForm(forms.Form):
    """A bearer token for a program."""

    name = forms.CharField(label=_("What it is for"), max_length=80)
    days = forms.IntegerField(label=_("Days it lasts"), min_value=1, max_value=366, initial=90)
    actions = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=[(action, held.words) for action, held in PERMISSIONS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
