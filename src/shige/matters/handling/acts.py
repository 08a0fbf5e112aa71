"""How each action of a matter is carried out and what it asks for: one way for pages and programs."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from shige.profile import GUARDED, Transition
from shige.trust.gate import Viewer

from ..categories import category_of_matter
from ..confirmation.commands import answers
from ..models import Matter, Step
from ..report import Place
from ..sealing.commands import guard
from ..tasks.actors import open_work
from ..visits import commands as visits
from ..wishes import commands as wishes
from ..workflow.schedule import extended
from .commands import category, handling, merge, pause, praise, recheck, transfer
from .forms import ActionForm
from .queries.detail import Detail

Act = Callable[[Viewer, str, dict[str, Any]], object]

ACTS: dict[str, Act] = {
    "take": lambda viewer, number, given: handling.take(viewer, number),
    "note": lambda viewer, number, given: handling.add_note(viewer, number, given["note"]),
    "pass_on": lambda viewer, number, given: transfer.pass_on(viewer, number, given["post"], given["note"]),
    "pass_up": lambda viewer, number, given: transfer.pass_up(viewer, number, given["note"]),
    "refuse_duty": lambda viewer, number, given: transfer.refuse_duty(viewer, number, given["note"]),
    "return_down": lambda viewer, number, given: transfer.return_down(viewer, number, given["note"]),
    "set_place": lambda viewer, number, given: handling.set_place(viewer, number, Place(**given)),
    "ask": lambda viewer, number, given: pause.ask(viewer, number, given["note"]),
    "resume": lambda viewer, number, given: pause.go_on(viewer, number),
    "extend": lambda viewer, number, given: pause.extend(viewer, number, given["note"]),
    "ask_extension": lambda viewer, number, given: pause.ask_extension(viewer, number, given["note"]),
    "grant_extension": lambda viewer, number, given: pause.grant_extension(viewer, number, given["note"]),
    "keep_date": lambda viewer, number, given: pause.keep_date(viewer, number, given["note"]),
    "lead": lambda viewer, number, given: transfer.lead(viewer, number, given["note"]),
    "merge": lambda viewer, number, given: merge.merge(viewer, number, given["into"], given["note"]),
    "ask_release": lambda viewer, number, given: guard.ask_release(viewer, number, given["note"]),
    "keep_sealed": lambda viewer, number, given: guard.keep_sealed(viewer, number, given["note"]),
    "release": lambda viewer, number, given: guard.release(viewer, number, given["note"], given["category"]),
    "sort": lambda viewer, number, given: category.sort(
        viewer, number, given["category"], given.get("reason", "")
    ),
    "publish": lambda viewer, number, given: wishes.publish(viewer, number, given["note"]),
    "decline": lambda viewer, number, given: wishes.decline(viewer, number, given["note"]),
    "contact": lambda viewer, number, given: wishes.contacted(viewer, number, given["note"]),
    "offer_again": lambda viewer, number, given: wishes.offer_again(viewer, number),
    "pass_along": lambda viewer, number, given: praise.pass_along(viewer, number, given["note"]),
    "thank": lambda viewer, number, given: praise.thank(viewer, number, given["note"]),
    "solve": lambda viewer, number, given: handling.solve(viewer, number, **given),
    "hear": lambda viewer, number, given: handling.hear(viewer, number, given["note"]),
    "uphold": lambda viewer, number, given: handling.solve(viewer, number, **given, action="uphold"),
    "dismiss": lambda viewer, number, given: handling.solve(viewer, number, **given, action="dismiss"),
    "rectify": lambda viewer, number, given: recheck.rectify(viewer, number, **given),
    "recheck_ok": lambda viewer, number, given: recheck.recheck_ok(viewer, number, given["note"]),
    "write_off": lambda viewer, number, given: recheck.write_off(viewer, number, given["note"]),
    "recheck_failed": lambda viewer, number, given: recheck.recheck_failed(viewer, number, given["note"]),
    "confirm_by_phone": lambda viewer, number, given: answers.confirm_by_phone(
        viewer, number, given["note"], given["rating"]
    ),
    "not_reached": lambda viewer, number, given: visits.not_reached(viewer, number, given["note"]),
    "visit_ok": lambda viewer, number, given: visits.visit_ok(viewer, number, given["note"]),
    "visit_failed": lambda viewer, number, given: visits.visit_failed(viewer, number, given["note"]),
}
"""What carries out each action of the tables; a room above adds its own."""


def bring_acts(acts: Mapping[str, Act]) -> None:
    """Add how actions are carried out that belong to a room above this one."""
    ACTS.update(acts)


def action_form(transition: Transition, found: Detail, data: object = None) -> ActionForm:
    """Return the form of one action, filled with ``data`` where there is some."""
    peers = [(post.pk, f"{post.name} · {post.area.name}") for post in found.peers]
    work = open_work(found.matter) if transition.result else 0
    guarded = found.matter.kind != GUARDED and category_of_matter(found.matter).never_mediate
    told = _told(transition, found.matter)
    form = ActionForm(transition, peers, data, open_work=work, guarded=guarded, told=told)
    if transition.action == "grant_extension":
        form.fields["note"].initial = asked_because(found.matter)
    return form


def asked_because(matter: Matter) -> str:
    """Return the reason for which more time was asked for last."""
    asked = Step.objects.filter(matter=matter, action="ask_extension").order_by("-pk")
    return asked.values_list("remark", flat=True).first() or ""


def _told(transition: Transition, matter: Matter) -> str:
    """Return what whoever takes an action should know before: the date it leads to, who may not read it."""
    if transition.action in ("extend", "ask_extension", "grant_extension"):
        due = timezone.localtime(extended(matter).due)
        return _("The new date would be %(due)s.") % {"due": f"{due:%Y-%m-%d %H:%M}"}
    if transition.action == "ask" and matter.phone_handle is None:
        return _("The reporter left no telephone: they read this only when they look behind their code.")
    return ""
