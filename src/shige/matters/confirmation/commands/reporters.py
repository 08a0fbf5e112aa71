"""Who says by a tracking code that it is solved: the reporter, of a merged matter as well (R25)."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.trust.jurisdiction import profile

from ...codes import code_digest
from ...merged import parts_of
from ...models import Matter
from ...neighbours.queries.followed import following, is_hidden
from ...workflow.commands.steps import lock_by_code
from ...workflow.handlers import handlers_of
from ...workflow.proof import proof_of, proves


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who answers: of ``matter``, the one that goes on, its row locked; ``own`` is what they filed."""

    matter: Matter
    own: Matter

    @property
    def remark(self) -> str:
        """What the history tells the office of who said it; empty where it is the only one."""
        if self.own.pk == self.matter.pk:
            return ""
        with override(profile().language):
            said = _("Said by the reporter of %(number)s, which was merged into this one.")
            return said % {"number": self.own.number}


def reporter_of(code: str) -> Reporter:
    """Return who answers by a code; PermissionDenied where there is none, or nothing more may be told."""
    merged = Matter.objects.filter(tracking_digest=code_digest(code), merged_into__isnull=False)
    found = following(code) if merged.exists() else None
    if found is None or found.own is None:
        matter = lock_by_code(code)
        return Reporter(matter, matter)
    if is_hidden(found):
        raise PermissionDenied("nobody follows by this code")
    return Reporter(Matter.objects.select_for_update().get(pk=found.matter.pk), found.own)


def must_be_reporter(reporter: Reporter, typed: str, signed_in: int | None) -> None:
    """Refuse whoever works with this browser (``signed_in``), and whoever cannot show to be its reporter.

    Who works here and reported something as a resident confirms it where they have never signed in.

    Raises
    ------
    ValidationError
        Nobody can confirm it, or not this one, or the answer code does not fit.
    """
    if signed_in is not None and signed_in in handlers_of(reporter.matter):
        said = _("You have handled it, so you cannot say that it is solved: its reporter does, elsewhere.")
        raise ValidationError(said)
    if signed_in is not None:
        said = _("Somebody has signed in at work here. Whether it is solved, its reporter says elsewhere.")
        raise ValidationError(said)
    needed = proof_of(reporter.own, reporter.matter)
    if needed == "none":
        raise ValidationError(_why_nobody(reporter.own))
    if needed and not proves(reporter.own, typed, reporter.matter):
        raise ValidationError(
            {"proof": _("This answer code does not fit. It was sent to the telephone that was left.")}
        )


def _why_nobody(own: Matter) -> str:
    if own.filer_digest is not None:
        return _("Whoever handled it wrote it down as well, so nobody can confirm it from here.")
    return _("It was registered for you without a telephone, so nobody can confirm it from here.")


def nobody_can_confirm(matter: Matter) -> bool:
    """Say whether none of its reporters can say that it is solved, those of merged ones included."""
    return all(proof_of(own, matter) == "none" for own in (matter, *parts_of(matter)))
