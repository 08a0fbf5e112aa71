"""Fields of forms for a day and for a moment, written as the browser's own picker reads them (ISO 8601).

A picker stays empty where its value is written as the reader's language writes a date, such as 2026/11/30.
"""

from typing import Any, Final

from django import forms

DAY: Final = "%Y-%m-%d"
MINUTE: Final = "%Y-%m-%dT%H:%M"
READ: Final = (MINUTE, f"{MINUTE}:%S")


class DayField(forms.DateField):
    """A day, chosen in the browser's calendar."""

    def __init__(self, **given: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format=DAY), **given)


class MomentField(forms.DateTimeField):
    """A moment to the minute, in the time zone of the jurisdiction."""

    def __init__(self, **given: Any) -> None:
        picker = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE)
        super().__init__(widget=picker, input_formats=READ, **given)
