"""How a reporter for whom somebody at work wrote proves to be the one who answers (R25).

Whoever registers a matter for somebody sees its code, so the code alone must not say that it is solved. That
takes the answer code, which is made for one result and goes to the telephone that was left, past the office;
or a call by somebody who has not handled the matter. Where no telephone was left nobody can say it; nor can
anybody of what came in as a resident's own and was written by somebody who handled it.

Whose matter was merged into another one stays its reporter: of the result of the one that goes on (``ahead``)
they say with what their own was written by.
"""

from hmac import compare_digest
from typing import Final, Literal

from ..codes import digest, grouped, keyed, plain
from ..models import Matter
from ..report import RELAYED, UNASKED
from .handlers import filed_by_handler

Proof = Literal["", "code", "none"]
"""What shows that the reporter answers: the tracking code alone, an answer code as well, or nothing can."""

CONTACT_CHANGED: Final = "contact_changed"
"""The step by which another telephone stands in place of the one that was left, or none."""

BYTES: Final = 5
"""40 random bits, asked for at the pace of ``rates``, for a few days."""


def proof_of(matter: Matter, ahead: Matter | None = None) -> Proof:
    """Return what the reporter of a matter has to show beside the tracking code.

    Parameters
    ----------
    matter
        The one that the reporter filed, or that was filed for them.
    ahead
        The one that it was merged into and that goes on; None where it was not.
    """
    if matter.source not in RELAYED:
        return "none" if filed_by_handler(matter, ahead or matter) else ""
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


def answer_code(matter: Matter, ahead: Matter | None = None) -> str:
    """Return the answer code for the result that stands now: ``7K3M-0XQ9``; the next result has another.

    Of reporters whose matters go on in one (``ahead``) each has a code of their own.
    """
    told = ahead or matter
    solved = told.solved_at.isoformat() if told.solved_at else ""
    return grouped(keyed("answer", digest(f"{matter.number} {solved}"))[:BYTES])


def proves(matter: Matter, typed: str, ahead: Matter | None = None) -> bool:
    """Say whether what was typed is the answer code of the result that stands now."""
    return compare_digest(plain(typed), plain(answer_code(matter, ahead)))
