"""Forms of the one red line: an organisation at a gap, and who oversees it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from shige.territory.models import Area
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import language, profile
from shige.trust.models import Post

from .models import Organisation
from .queries import possible_overseers, possible_parents


class OverseerForm(forms.Form):
    """Choose the post that answers for oversight (监督责任人)."""

    overseer = forms.TypedChoiceField(
        label=gettext_lazy("Overseer"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, overseers: Iterable[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = [(post.pk, f"{post.name} · {post.area.name}") for post in overseers]
        self.fields["overseer"].choices = [("", _("None yet")), *posts]  # type: ignore[attr-defined]


class OrganisationForm(OverseerForm):
    """Name a new organisation for one grid, what it stands below, and its overseer."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    parent = forms.TypedChoiceField(
        label=gettext_lazy("Organisation above"), required=False, coerce=int, empty_value=None
    )
    field_order = ("name", "kind", "parent", "overseer")

    def __init__(
        self, *args: Any, kinds: list[tuple[str, str]], parents: Iterable[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        above = [(body.pk, f"{body.name} · {body.area.name}") for body in parents]
        self.fields["parent"].choices = [("", pgettext("organisation above", "None")), *above]  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    """Choose what an organisation stands below."""

    parent = forms.TypedChoiceField(
        label=gettext_lazy("Organisation above"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, parents: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = [(body.pk, f"{body.name} · {body.area.name}") for body in parents]
        self.fields["parent"].choices = [("", pgettext("organisation above", "None")), *above]  # type: ignore[attr-defined]


def organisation_form(viewer: Viewer, area: Area, data: Any = None) -> OrganisationForm:
    """Return the form of a new organisation for an area, with what may be chosen there."""
    parents = possible_parents(viewer, area)
    return OrganisationForm(
        data,
        kinds=[
            (pair.code, pair.name.in_language(language()))
            for pair in profile().redline
            if pair.oversees == area.level
        ],
        parents=parents,
        overseers=possible_overseers(viewer, area),
        initial={"name": suggested_name(area), "parent": parents[0].pk if parents else None},
    )


def suggested_name(area: Area) -> str:
    """Propose a name: a group for a micro-grid, a branch for the others."""
    pattern = _("%(grid)s Party group") if area.level == Area.Level.MICRO else _("%(grid)s Party branch")
    return pattern % {"grid": area.name}
