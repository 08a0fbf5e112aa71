"""Words that an office says in the first language of its place, and in the second where it has them."""

from collections.abc import Callable

from django.conf import settings
from django.utils.translation import override

from shige.trust.jurisdiction import language, profile


class Bilingual:
    """A title and a text in both languages; a page shows ``said_title`` and ``said_text`` to its reader.

    The words in the second language are empty where nobody wrote them: then everybody reads the first.
    """

    __slots__ = ()

    title: str
    text: str
    title_other: str
    text_other: str

    @property
    def said_title(self) -> str:
        """Return the title in the reader's language, else in the other."""
        return (_reads_second() and self.title_other) or self.title

    @property
    def said_text(self) -> str:
        """Return the text in the reader's language, else in the other."""
        return (_reads_second() and self.text_other) or self.text


def in_both(words: Callable[[], str]) -> tuple[str, str]:
    """Return words in the first and in the second language; the second are empty where they are the same."""
    said = []
    for code in (profile().language, second_language()[0]):
        with override(code):
            said.append(words())
    first, second = said
    return first, "" if second == first else second


def second_language() -> tuple[str, str]:
    """Return code and name of the language that the interface speaks beside the first of the place."""
    first = _stem(profile().language)
    return next((code, name) for code, name in settings.LANGUAGES if _stem(code) != first)


def _reads_second() -> bool:
    return language() != _stem(profile().language)


def _stem(code: str) -> str:
    return code.lower().split("-")[0]
