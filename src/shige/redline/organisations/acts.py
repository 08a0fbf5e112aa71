"""What can be done with an organisation: each act with its words, its form, what it will do, and its command.

Page and API offer the same acts.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.gate import Viewer, may

from ..models import Change, Standing
from ..rules import kind_name
from . import commands, forms, reversals
from .checks import day_name
from .commands import still_to_do
from .forms import DecisionForm
from .history import change_name
from .queries import children
from .reversals import can_be_restored, can_be_withdrawn, undone
from .writing import Decision

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Values = Mapping[str, Any]


def is_living(standing: Standing) -> bool:
    """Say whether an organisation is not closed."""
    return standing.valid.upper is None


@dataclass(frozen=True, slots=True)
class Act:
    """One act. ``advice`` yields what it will do to the organisation as it stands, ``fits`` says of which."""

    code: str
    label: "StrPromise"
    form: Callable[[Viewer, Standing, Any], DecisionForm]
    carry_out: Callable[[Viewer, int, Values, Decision], object]
    advice: Callable[[Standing], Iterator[str]]
    ends: bool = False
    action: str = "redline.edit"
    fits: Callable[[Standing], bool] = is_living


def acts_for(viewer: Viewer, standing: Standing) -> list[Act]:
    """Return what the viewer may do with an organisation as it stands."""
    lineage = lineage_of(standing.area)
    return [act for act in ACTS if may(viewer, act.action, lineage) and act.fits(standing)]


def _rename(viewer: Viewer, pk: int, given: Values, decision: Decision) -> object:
    return commands.rename(viewer, pk, given["name"], decision)


def _retie(viewer: Viewer, pk: int, given: Values, decision: Decision) -> object:
    area = _grid(given["grid"]) if given["grid"] else None
    return commands.retie(viewer, pk, area, given["above"], decision)


def _oversee(viewer: Viewer, pk: int, given: Values, decision: Decision) -> object:
    return commands.set_overseer(viewer, pk, given["overseer"], decision)


def _merge(viewer: Viewer, pk: int, given: Values, decision: Decision) -> object:
    return commands.merge(viewer, pk, given["into"], decision)


def _split(viewer: Viewer, pk: int, given: Values, decision: Decision) -> object:
    return commands.split(viewer, pk, given["name"], _grid(given["grid"]), given["below"], decision)


def _close(viewer: Viewer, pk: int, _given: Values, decision: Decision) -> object:
    return commands.close(viewer, pk, decision)


def _withdraw(viewer: Viewer, pk: int, _given: Values, decision: Decision) -> object:
    return reversals.withdraw(viewer, pk, decision.reason)


def _restore(viewer: Viewer, pk: int, _given: Values, decision: Decision) -> object:
    return reversals.restore(viewer, pk, decision.reason)


def _grid(code: str) -> int:
    return Area.objects.values_list("pk", flat=True).get(code=code)


def _on_rename(_standing: Standing) -> Iterator[str]:
    yield _("From that day on it bears the new name; before, it keeps the old one.")


def _on_retie(standing: Standing) -> Iterator[str]:
    yield _("Until that day everything stays as it is; the line of an earlier day shows the earlier grid.")
    if standing.tied:
        yield _left_without(standing)
    if count := children(standing.organisation_id).count():
        yield ngettext(
            "%(count)d organisation stands below it: its grid has to lie in the new one.",
            "%(count)d organisations stand below it: their grids have to lie in the new one.",
            count,
        ) % {"count": count}
    if standing.overseer is not None:
        said = _("%(post)s stays the overseer where the post serves the new grid, else the duty ends.")
        yield said % {"post": standing.overseer.name}


def _on_oversee(_standing: Standing) -> Iterator[str]:
    yield _("Only posts of overseers that serve this area can be chosen. They see no resident's record.")


def _on_merge(standing: Standing) -> Iterator[str]:
    yield _("It ends on that day, and its history stays.")
    if count := children(standing.organisation_id).count():
        yield ngettext(
            "%(count)d organisation below it comes under the one that you choose.",
            "%(count)d organisations below it come under the one that you choose.",
            count,
        ) % {"count": count}
    if standing.tied:
        yield _left_without(standing)
    if standing.overseer is not None:
        yield _("The duty of %(post)s as its overseer ends.") % {"post": standing.overseer.name}


def _on_split(_standing: Standing) -> Iterator[str]:
    yield _("A new organisation of the same kind is founded for another grid, under the same one above.")
    yield _("This one stays as it is; of those below, you choose which come under the new one.")


def _on_close(standing: Standing) -> Iterator[str]:
    left = still_to_do(standing, list(children(standing.organisation_id)))
    yield from left
    if not left:
        yield _("Nothing depends on it any more. It ends on that day, and its history stays.")


def _on_withdraw(standing: Standing) -> Iterator[str]:
    said = _("What was decided from %(day)s on does not come; what held before goes on.")
    yield said % {"day": day_name(standing.valid.lower)}
    for change in undone(standing):
        yield change_name(change)
        if change.kind in (Change.Kind.FOUNDED, Change.Kind.SPLIT_OFF):
            yield _("It was founded by this, so the organisation itself goes.")


def _on_restore(standing: Standing) -> Iterator[str]:
    said = _("It goes on as if it had not ended on %(day)s; those below it that came under another one stay.")
    yield said % {"day": day_name(standing.valid.upper)}


def _left_without(standing: Standing) -> str:
    said = _("%(grid)s will have no organisation of the kind “%(kind)s” from then on.")
    return said % {"grid": standing.area.name, "kind": kind_name(standing.kind)}


ACTS: Final = (
    Act(
        "withdraw",
        gettext_lazy("Withdraw the last change"),
        forms.withdrawal_form,
        _withdraw,
        _on_withdraw,
        ends=True,
        fits=lambda standing: is_living(standing) and can_be_withdrawn(standing),
    ),
    Act(
        "restore",
        gettext_lazy("Take the end back"),
        forms.withdrawal_form,
        _restore,
        _on_restore,
        fits=can_be_restored,
    ),
    Act("rename", gettext_lazy("Rename"), forms.name_form, _rename, _on_rename),
    Act("retie", gettext_lazy("Tie to another grid"), forms.retie_form, _retie, _on_retie),
    Act(
        "oversee",
        gettext_lazy("Set the overseer"),
        forms.overseer_form,
        _oversee,
        _on_oversee,
        action="redline.oversee",
    ),
    Act("merge", gettext_lazy("Merge into another one"), forms.merge_form, _merge, _on_merge, ends=True),
    Act("split", gettext_lazy("Split one off"), forms.split_form, _split, _on_split),
    Act("close", pgettext_lazy("organisation", "Close"), forms.closing_form, _close, _on_close, ends=True),
)
"""In the order in which a page offers them."""
