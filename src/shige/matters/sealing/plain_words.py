"""What an answer says where its reporter wrote nothing, or nothing that whoever handles it may read."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from shige.trust.jurisdiction import profile

PLAIN: Final = {
    "answer": gettext_noop("I have nothing else to say about it. Please go on with it."),
    "not_solved": gettext_noop("It is not solved yet. Please go on with it."),
    "reopen": gettext_noop("It is there again. Please take it up once more."),
    "review": gettext_noop("I do not agree with the result. Please look at it again."),
    "told": gettext_noop("The reporter was spoken to."),
    "withdraw": gettext_noop("It is no longer needed."),
}
"""The plain words by action.

Silence and what was set apart read alike, so that neither tells which it was. What adds nothing without its
words is not here.
"""


def plain_words(action: str) -> str:
    """Return the plain words of an answer in the office's language; empty where silence is no answer."""
    with override(profile().language):
        return _(PLAIN[action]) if action in PLAIN else ""
