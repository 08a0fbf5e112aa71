"""What the page of a matter shows of its mediation: the record and the forms of its entries (R24)."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.utils.timezone import localtime

from shige.matters import clock
from shige.matters.handling.forms import RevealForm
from shige.matters.models import Matter
from shige.trust.gate import Viewer

from .forms import AgreementForm, NoteForm, PartyForm, PromiseForm, SessionForm
from .queries import Record, record_of


def mediation_on_page(viewer: Viewer, matter: Matter, failed: Form | None, action: str) -> dict[str, object]:
    """Return what the page of a matter shows of its mediation; nothing for what is no dispute."""
    record = record_of(viewer, matter)
    if record is None:
        return {}
    forms: dict[str, Form] = forms_of(record) if record.may_write else {}
    name = action.removeprefix("mediation_")
    reveal = RevealForm(auto_id="id_mediation_%s")
    if failed is not None and action == "reveal_mediation":
        reveal = failed  # type: ignore[assignment]
    elif failed is not None and action.startswith("mediation_"):
        forms = forms | {name: failed}
    return {
        "mediation": record,
        "mediation_forms": forms,
        "reveal_mediation": reveal,
        "words_apart": not record.reads_words,
    }


def forms_of(record: Record, data: Any = None, what: str = "") -> dict[str, Form]:
    """Return the form of each kind of entry; ``data`` belongs to the one named ``what``."""
    now = localtime(clock.now())
    makers: dict[str, Callable[[Any], Form]] = {
        "note": lambda given: NoteForm(given, auto_id="id_note_%s"),
        "party": lambda given: PartyForm(given, auto_id="id_party_%s"),
        "session": lambda given: SessionForm(
            record.helpers, given, auto_id="id_session_%s", initial={"held_at": now}
        ),
        "promise": lambda given: PromiseForm(given, auto_id="id_promise_%s"),
        "agreement": lambda given: AgreementForm(given, auto_id="id_agreement_%s"),
    }
    return {name: make(data if name == what else None) for name, make in makers.items()}
