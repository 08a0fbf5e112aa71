"""The files of an import."""

from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

BYTES_AT_MOST: Final = 60 * 1024 * 1024


DATUM_CHOICES: Final = [
    ("wgs84", gettext_lazy("WGS-84 or CGCS2000 (surveys, GPS)")),
    ("gcj02", gettext_lazy("GCJ-02 (Chinese map services)")),
    ("bd09", gettext_lazy("BD-09 (Baidu)")),
]


class ImportForm(forms.Form):
    """The files of one import: the tree of divisions, or buildings with what lies between them."""

    units = forms.FileField(
        label=gettext_lazy("Buildings"),
        required=False,
        help_text=gettext_lazy("GeoJSON, Excel or CSV, one row for each building."),
    )
    barriers = forms.FileField(label=gettext_lazy("Roads, railways and rivers"), required=False)
    areas = forms.FileField(label=gettext_lazy("Outlines of the communities"), required=False)
    base = forms.FileField(label=gettext_lazy("Water, parks and green"), required=False)
    datum = forms.ChoiceField(
        label=gettext_lazy("Datum of all coordinates"),
        choices=DATUM_CHOICES,
        help_text=gettext_lazy(
            "One import has one datum. A wrong one moves everything by some hundred metres."
        ),
    )
    trusted = forms.BooleanField(
        label=gettext_lazy("The places have been checked"),
        required=False,
        help_text=gettext_lazy("Take the files although roads or outlines seem to be of another place."),
    )
    divisions = forms.FileField(
        label=gettext_lazy("Tree of divisions"),
        required=False,
        help_text=gettext_lazy("Instead of buildings: CSV or Excel with official codes and names."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one kind of import, of a size that can be read."""
        cleaned: dict[str, Any] = super().clean() or {}
        files = self.uploaded()
        if bool(files.get("units")) == bool(files.get("divisions")):
            self.add_error("units", _("Choose either a file of buildings or a tree of divisions."))
        if sum(file.size or 0 for file in files.values()) > BYTES_AT_MOST:
            self.add_error(None, _("The files are larger than 60 MB together."))
        return cleaned

    def uploaded(self) -> "dict[str, UploadedFile[Any]]":
        """Return the files that were chosen."""
        chosen = {part: self.files.get(part) for part in self.fields}
        return {part: file for part, file in chosen.items() if isinstance(file, UploadedFile)}
