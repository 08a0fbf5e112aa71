"""Forms of bookings: how something is booked, a booking, and the days that a list shows (R13)."""

import secrets
from datetime import date, datetime
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import is_naive, localdate, localtime, make_aware
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from shige.matters import clock
from shige.trust.date_inputs import DayField
from shige.trust.telephone_field import TelephoneField

from ..models import Offer
from ..points.commands import REASON_LIMIT
from .commands import GROUP_LIMIT, MOST_AHEAD, MOST_SLOTS, PURPOSE_LIMIT, BookingIn, Rules
from .queries import Bookable

LENGTHS: Final = (10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 480)
SPANS: Final = [("1", _("a day")), ("7", _("a week"))]


def length_in_words(minutes: int) -> str:
    """Return so many minutes as people say them."""
    hours, rest = divmod(minutes, 60)
    if hours and rest == 0:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


class RulesForm(forms.Form):
    """How something on offer is booked."""

    slot_minutes = forms.TypedChoiceField(label=_("Booked for"), coerce=int)
    most_slots = forms.IntegerField(
        label=_("At most so many in a row"), min_value=1, max_value=MOST_SLOTS, initial=1
    )
    most_people = forms.IntegerField(
        label=_("For at most so many people"), min_value=1, max_value=30_000, required=False
    )
    ahead_days = forms.IntegerField(
        label=_("So many days ahead"), min_value=1, max_value=MOST_AHEAD, initial=14
    )

    def __init__(self, data: Any = None, offer: Offer | None = None) -> None:
        names = ("slot_minutes", "most_slots", "most_people", "ahead_days")
        before = {name: getattr(offer, name) for name in names} if offer else {}
        super().__init__(data, initial=before | {"slot_minutes": before.get("slot_minutes") or 60})
        self.fields["slot_minutes"].choices = [  # type: ignore[attr-defined]
            (minutes, length_in_words(minutes)) for minutes in LENGTHS
        ]

    def rules(self) -> Rules:
        """Return what is chosen, once it is valid."""
        return Rules(**self.cleaned_data)


class BookingForm(forms.Form):
    """A booking of a resident: which time, for how long and how many, what for, a telephone if they like."""

    begin = forms.CharField(label=_("Which time?"), error_messages={"required": _("Please choose a time.")})
    slots = forms.TypedChoiceField(label=_("How long?"), coerce=int, required=False, initial=1)
    people = forms.IntegerField(label=_("How many people?"), min_value=1, max_value=30_000, initial=1)
    purpose = forms.CharField(
        label=_("What for?"),
        max_length=PURPOSE_LIMIT,
        help_text=_("In a few words; the service point reads it."),
    )
    phone = TelephoneField(
        label=_("Telephone"),
        required=False,
        help_text=_(
            "To call you if something comes in between. It is sealed, opened on record only, and deleted."
        ),
    )
    key = forms.CharField(
        max_length=60, required=False, initial=secrets.token_urlsafe, widget=forms.HiddenInput
    )

    def __init__(self, offer: Bookable, data: Any = None) -> None:
        super().__init__(data)
        self.fields["slots"].choices = [  # type: ignore[attr-defined]
            (count, length_in_words(count * offer.minutes)) for count in range(1, offer.most_slots + 1)
        ]
        if offer.most_slots == 1:
            del self.fields["slots"]
        if offer.most_people:
            self.fields["people"].help_text = gettext("At most %(count)d.") % {"count": offer.most_people}

    def clean_begin(self) -> datetime:
        """Read the moment that was chosen."""
        try:
            moment = datetime.fromisoformat(self.cleaned_data["begin"])
            return make_aware(moment) if is_naive(moment) else localtime(moment)
        except (ValueError, OverflowError):
            raise ValidationError(gettext("Please choose a time.")) from None

    def clean_slots(self) -> int:
        """Return how many, one where nothing is said."""
        return self.cleaned_data["slots"] or 1

    def given(self) -> BookingIn:
        """Return what was written, once it is valid."""
        names = ("begin", "slots", "people", "purpose", "phone")
        return BookingIn(**{name: self.cleaned_data[name] for name in names if name in self.cleaned_data})


class GroupBookingForm(BookingForm):
    """A booking of the office for a group that asked there."""

    group_name = forms.CharField(label=_("For which group?"), max_length=GROUP_LIMIT)
    field_order = ("begin", "slots", "group_name", "people", "purpose")

    def __init__(self, offer: Bookable, data: Any = None) -> None:
        super().__init__(offer, data)
        del self.fields["phone"], self.fields["key"]


class WhyForm(forms.Form):
    """Why a booking is cancelled."""

    why = forms.CharField(
        label=_("Why?"), max_length=REASON_LIMIT, help_text=_("Whoever booked reads it on their page.")
    )


class SpanForm(forms.Form):
    """Which days a list of bookings shows; what does not fit counts as today."""

    day = DayField(label=_("Day"), required=False)
    days = forms.ChoiceField(label=_("Show"), choices=SPANS, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"day": localdate(clock.now()), "days": "7"})

    def wanted(self) -> tuple[date, int]:
        """Return the first day and how many."""
        self.is_valid()
        given = self.cleaned_data
        return given.get("day") or localdate(clock.now()), int(given.get("days") or 7)
