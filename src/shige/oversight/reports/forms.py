"""The form of a draft: its paragraphs."""

from typing import Any

from django import forms

from ..models import Report
from .drafting import LIMIT, TITLES


class ReportForm(forms.Form):
    """The texts of a report, one for each paragraph."""

    def __init__(self, data: Any = None, report: Report | None = None) -> None:
        super().__init__(data, initial=report.paragraphs if report else None)
        for code, title in TITLES.items():
            rows = forms.Textarea(attrs={"rows": 6})
            self.fields[code] = forms.CharField(label=title, required=False, max_length=LIMIT, widget=rows)
