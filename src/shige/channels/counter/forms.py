"""The form of the counter: what a resident says there, where it is, how to tell them, and their consent."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from shige.matters.danger import Answers
from shige.matters.handling.forms import leaf_choices

from ..resident.forms.report import ContactForm, PlaceForm, WordsForm

OF_A_PERSON: Final = ("phone", "name", "consent", "hurt", "police", "callback")

DANGER: Final = (
    ("none", _("Nobody is in danger")),
    ("yes", _("Yes, and somebody can call")),
    ("cannot_talk", _("Yes, but they cannot talk now")),
)
YES_NO: Final = (("no", _("no")), ("yes", _("yes")))
STAFF: Final = (
    ("no", _("no")),
    ("worker", _("A grid worker, or somebody of the community")),
    ("official", _("Somebody of the street or a department")),
)


class CounterForm(WordsForm, PlaceForm, ContactForm):
    """A matter registered for somebody, or from an opinion note, which has no reporter.

    ``key`` makes the same form sent twice one matter; ``category`` is picked beside the words, ``other`` from
    the whole table.
    """

    key = forms.CharField(max_length=40, widget=forms.HiddenInput)
    category = forms.CharField(required=False, max_length=8)
    other = forms.ChoiceField(
        label=_("Another category"),
        required=False,
        choices=lambda: [("", _("as the words suggest")), *leaf_choices()],
    )
    danger = forms.ChoiceField(
        label=_("Is anybody in danger now?"),
        required=False,
        choices=DANGER,
        widget=forms.RadioSelect,
    )
    hurt = forms.ChoiceField(
        label=_("Is anybody hurt or afraid?"),
        help_text=_("To be asked about family, neighbours and children."),
        required=False,
        choices=YES_NO,
        widget=forms.RadioSelect,
    )
    about_staff = forms.ChoiceField(
        label=_("Is it about a grid worker or somebody at the office?"),
        help_text=_("It is then kept from them and their chain."),
        required=False,
        choices=STAFF,
        widget=forms.RadioSelect,
    )
    police = forms.BooleanField(
        label=_("If it is danger to somebody: the person agrees that the police get it"), required=False
    )
    callback = forms.CharField(
        label=_("When and how is it safe to call back?"),
        help_text=_("For danger and complaints. It is sealed."),
        required=False,
        max_length=200,
    )
    consent = forms.BooleanField(
        label=_("The person agrees that this is registered and passed on"),
        required=False,
    )

    def __init__(self, *args: Any, of_person: bool, of_note: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, sealed=True, **kwargs)  # the device is not the person's: nothing is kept here
        found = _("What people say") if of_note else _("What you saw")
        self.fields["words"].label = _("What the person says") if of_person else found
        for name in ("name", "phone"):
            self.fields[name].widget.attrs["autocomplete"] = (
                "off"  # Back must not bring another one's contact
            )
        self.fields["name"].label = _("How to address them")
        self.fields["phone"].help_text = _(
            "To ask back and to tell the result. It is sealed. Left empty, nobody can be asked afterwards "
            "whether it is solved, and it ends as unconfirmable."
        )
        if not of_person:
            for name in OF_A_PERSON:
                del self.fields[name]

    @property
    def answers(self) -> Answers:
        """What was answered about danger and staff; needs a valid form."""
        given = self.cleaned_data
        hurt = {"yes": True, "no": False}.get(given.get("hurt", ""))
        return Answers(given["danger"], False, hurt, given["about_staff"], given.get("police", False))
