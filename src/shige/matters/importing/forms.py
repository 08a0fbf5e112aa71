"""The form of an import of matters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shige.territory.models import Area


class ImportForm(forms.Form):
    """A table, what it means, and the street that takes what lies outside every grid."""

    table = forms.FileField(label=_("Table (CSV, Excel)"), help_text=_("UTF-8 or GB18030; one row a matter."))
    mapping = forms.FileField(
        label=_("What its columns and types mean (TOML)"),
        required=False,
        help_text=_("Not needed for usual headers such as 工单编号, 诉求内容, 类别, 受理时间, 办结时间."),
    )
    street = forms.ChoiceField(label=_("Street for what lies outside every grid"))

    def __init__(self, streets: list[Area], data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        offered = [(street.code, street.name) for street in streets]
        self.fields["street"].choices = offered  # type: ignore[attr-defined]
