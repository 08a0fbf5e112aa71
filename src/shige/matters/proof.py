"""How a reporter for whom somebody at work wrote proves to be the one who answers (R25).

Whoever registers a matter for somebody sees its code, so the code alone must not say that it is solved. That
takes the answer code, which is made for one result and goes to the telephone that was left, past the office;
or a call by somebody who has not handled the matter. Where no telephone was left nobody can say it.
"""

from hmac import compare_digest
from typing import Final, Literal

from .codes import digest, grouped, keyed, plain
from .models import Matter
from .report import RELAYED
from .workflow import CONTACT_CHANGED

Proof = Literal["", "code", "none"]
"""What shows that the reporter answers: the tracking code alone, an answer code as well, or nothing can."""

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


def answer_code(matter: Matter) -> str:
    """Return the answer code for the result that stands now: ``7K3M-0XQ9``; the next result has another."""
    solved = matter.solved_at.isoformat() if matter.solved_at else ""
    return grouped(keyed("answer", digest(f"{matter.number} {solved}"))[:BYTES])


def proves(matter: Matter, typed: str) -> bool:
    """Say whether what was typed is the answer code of the result that stands now."""
    return compare_digest(plain(typed), plain(answer_code(matter)))
