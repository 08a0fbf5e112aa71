"""What a form asks where something stands: a building by its address, or a pin."""

from django import forms


class PlaceFields(forms.Form):
    """A place that the page sets beside the form: a pin, or a building found by its address."""

    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    building = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def shown(self) -> list[forms.BoundField]:
        """Return the fields that the form itself shows."""
        return [field for field in self if not field.is_hidden]
