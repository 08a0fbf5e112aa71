"""Forms of the resident's pages."""

import secrets
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shige.language.blank import trimmed
from shige.matters.codes import LENGTH, plain
from shige.matters.filing.checks import ADDRESS_LIMIT
from shige.matters.handling.forms import STARS
from shige.matters.sealing.plain_words import plain_words
from shige.territory.places import named_place
from shige.trust.telephone_field import TelephoneField, found_telephone

from ...whereabouts import lacking

PLAIN = {"autocomplete": "off"}

WITH_PHOTOS: Final = frozenset({"add", "answer", "not_solved"})
"""The answers with which photos go in one press."""


class WordsForm(forms.Form):
    """What it is about, in own words."""

    words = forms.CharField(
        label=_("What is it about?"),
        help_text=_("Say it as you would to a neighbour. Please no telephone or ID numbers here."),
        strip=True,
        widget=forms.Textarea(attrs={"rows": 5, "data-words": ""}),
        error_messages={"required": _("Please say what it is about.")},
    )

    def clean_words(self) -> str:
        """Refuse a text that is too long, naming both lengths; it stays on the screen."""
        words: str = self.cleaned_data["words"]
        if len(words) > settings.SHIGE_TEXT_LIMIT:
            raise ValidationError(
                gettext("The text has %(length)d characters; at most %(limit)d can be sent.")
                % {"length": len(words), "limit": settings.SHIGE_TEXT_LIMIT}
            )
        return words


AS_WRITTEN = "written"
"""What is chosen where nothing that was found fits: the words of the search are the place."""


class PlaceForm(forms.Form):
    """Where it is: a pin, what a search for ``q`` found (a building, a named place behind n), or ``q``."""

    lon = forms.FloatField(required=False, min_value=-180, max_value=180)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90)
    q = forms.CharField(required=False)
    building = forms.RegexField(rf"^(n?[0-9]{{1,18}}|{AS_WRITTEN})$", required=False)

    def clean_q(self) -> str:
        """Return what was looked for, as much of it as a matter keeps."""
        return trimmed(self.cleaned_data["q"])[:ADDRESS_LIMIT]

    def clean_building(self) -> int | None:
        """Return the key of a building; that of a named place is kept as ``named``."""
        chosen: str = self.cleaned_data["building"]
        self.cleaned_data["as_written"] = chosen == AS_WRITTEN
        self.cleaned_data["named"] = int(chosen[1:]) if chosen.startswith("n") else None
        return int(chosen) if chosen.isdecimal() else None

    def clean(self) -> dict[str, object]:
        """Ask for one of these."""
        given = super().clean() or {}
        if given.get("as_written"):
            if told := lacking(given.get("q", "")):
                raise ValidationError(told)
            return given
        pinned = given.get("lon") is not None and given.get("lat") is not None
        found = given.get("building") is not None or named_place(given.get("named") or 0)
        if not pinned and not found and not self.errors:
            raise ValidationError(gettext("Please press the place on the map, or choose an address."))
        return given


class ContactForm(forms.Form):
    """Who reports; everything may stay empty."""

    phone = TelephoneField(
        label=_("Telephone"),
        required=False,
        help_text=_(
            "To ask back and to tell you the result. Only whoever handles it can open it, on record."
        ),
    )
    name = forms.CharField(
        label=_("How may we address you?"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    callback = forms.CharField(
        label=_("When and how is it safe to call you back?"),
        required=False,
        max_length=200,
        help_text=_(
            "For example: weekdays 10 to 11, text first. Only whoever handles it reads this, on record."
        ),
        widget=forms.TextInput(attrs=PLAIN),
    )
    keep_here = forms.BooleanField(
        label=_("Keep it among “My matters” on this device"),
        required=False,
        help_text=_("Leave it empty if somebody else uses this device; note the code down instead."),
    )

    def __init__(self, *args: Any, sealed: bool = False, discreet: bool = False, **kwargs: Any) -> None:
        """Ask what protects the writer: ``sealed`` how to call back, ``discreet`` what this device keeps."""
        super().__init__(*args, **kwargs)
        if not sealed:
            del self.fields["callback"]
        if not discreet:
            del self.fields["keep_here"]


class ClaimForm(forms.Form):
    """Who takes a wish on."""

    name = forms.CharField(label=_("How may we address you?"), max_length=60)
    phone = TelephoneField(label=_("Telephone"))
    group = forms.CharField(label=_("Organisation, if you act for one"), max_length=80, required=False)
    key = forms.CharField(
        max_length=60, required=False, initial=secrets.token_urlsafe, widget=forms.HiddenInput
    )


class CodeForm(forms.Form):
    """A tracking code, however it is typed."""

    code = forms.CharField(
        label=_("Tracking code"),
        max_length=300,
        help_text=_("Sixteen letters and digits, such as 7K3M-0XQ9-2B4C-HJ5T."),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false", **PLAIN}),
        error_messages={"required": _("Please type the tracking code that you were given.")},
    )

    def clean_code(self) -> str:
        """Say of what cannot be a code why: it is a telephone, or characters are missing or too many."""
        code: str = self.cleaned_data["code"]
        off = len(plain(code)) - LENGTH
        if off and found_telephone(code):
            raise ValidationError(gettext("This is a telephone number, not a tracking code."), code="phone")
        if off:
            said = gettext("%(count)d characters are missing.") if off < 0 else gettext("%(count)d too many.")
            raise ValidationError(
                gettext("A tracking code has %(length)d letters and digits; here %(fault)s")
                % {"length": LENGTH, "fault": said % {"count": abs(off)}}
            )
        return code


class RatingForm(forms.Form):
    """How content the reporter is."""

    rating = forms.TypedChoiceField(
        label=_("How content are you?"),
        choices=STARS,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one to five stars.")},
    )

    proof = forms.CharField(required=False, max_length=40)

    def __init__(self, data: Any = None, *, needed: bool = True) -> None:
        super().__init__(data)
        self.fields["rating"].required = needed


class ReasonForm(forms.Form):
    """What a reporter says with an answer; ``label`` asks for it."""

    reason = forms.CharField(
        label=_("What is still missing?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: Any = None, *, label: str = "", act: str = "", with_files: bool = False) -> None:
        super().__init__(data, auto_id=f"id_{act}_%s" if act else "id_%s")
        self.fields["reason"].required = not with_files
        self.use_required_attribute = act not in WITH_PHOTOS  # a browser must not ask for words beside photos
        if label:
            self.fields["reason"].label = label
        if plain_words(act):
            self.fields["reason"].required = False
            self.fields["reason"].help_text = _(
                "You may leave it empty; what you write helps to set it right."
            )


class AddressForm(forms.Form):
    """An address to look for."""

    q = forms.CharField(
        label=_("Address or compound"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", **PLAIN}),
    )


class PhoneForm(forms.Form):
    """A telephone to be told by, or nothing."""

    phone = TelephoneField(
        label=_("Telephone"),
        required=False,
        help_text=_("To tell you when something happens. It is sealed, and forgotten after a year."),
    )


class CommunityForm(forms.Form):
    """The community to which a list is narrowed; what does not fit counts as all."""

    community = forms.ChoiceField(label=_("Community"), required=False)

    def __init__(self, communities: list[tuple[str, str]], data: Any) -> None:
        super().__init__(data)
        self.fields["community"].choices = [("", _("all")), *communities]  # type: ignore[attr-defined]

    def chosen(self) -> str:
        """Return the code of the community; empty for all."""
        return self.cleaned_data["community"] if self.is_valid() else ""
