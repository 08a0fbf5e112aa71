"""How a reporter for whom somebody at work wrote proves to be the one who answers (R25).

Whoever registers a matter for somebody sees its code, so the code alone must not say that it is solved. That
takes the answer code, which is made for one result and goes to the telephone that was left, past the office;
or a call by somebody who has not handled the matter. Where no telephone was left nobody can say it.
"""

from hmac import compare_digest
from typing import Final, Literal

from .codes import digest, grouped, keyed, plain
from .models import Matter
from .report import RELAYED, UNASKED

Proof = Literal["", "code", "none"]
"""What shows that the reporter answers: the tracking code alone, an answer code as well, or nothing can."""

CONTACT_CHANGED: Final = "contact_changed"
"""The step by which another telephone stands in place of the one that was left, or none."""

BYTES: Final = 5
"""40 random bits, asked for at the pace of ``rates``, for a few days."""


def proof_of(matter: Matter) -> Proof:
    """Return what the reporter of a matter has to show beside the tracking code."""
    if matter.source not in RELAYED:
        return ""
    return "code" if matter.phone_handle and not _changed(matter) else "none"


def _changed(matter: Matter) -> bool:
    """Say whether another telephone stands for the one that was left: the office knows code and telephone."""
    return matter.steps.filter(action=CONTACT_CHANGED).exists()


def telephone_stands(matter: Matter) -> bool:
    """Say whether what is said at the telephone that was left may count as the reporter's own word."""
    return matter.phone_handle is not None and matter.source not in UNASKED and proof_of(matter) != "none"


def to_be_called(matter: Matter) -> bool:
    """Say whether somebody calls the reporter for whom the office wrote, and takes the answer."""
    return matter.state == Matter.State.TO_CONFIRM and proof_of(matter) == "code"


def answer_code(matter: Matter) -> str:
    """Return the answer code for the result that stands now: ``7K3M-0XQ9``; the next result has another."""
    solved = matter.solved_at.isoformat() if matter.solved_at else ""
    return grouped(keyed("answer", digest(f"{matter.number} {solved}"))[:BYTES])


def proves(matter: Matter, typed: str) -> bool:
    """Say whether what was typed is the answer code of the result that stands now."""
    return compare_digest(plain(typed), plain(answer_code(matter)))
