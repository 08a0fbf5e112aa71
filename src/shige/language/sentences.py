"""What somebody typed as the sentences in which it is looked for signs, in the words the program reads."""

import re
from typing import Final

from shige.language.normal import normalised
from shige.profile import Profile
from shige.profile.phrases import readings

_END: Final = re.compile(r"(?<=[。!?;])|(?<=[.:])(?=\s|$)")


def sentences(profile: Profile, text: str) -> tuple[str, ...]:
    """Return the sentences of a text, each once, normalised and with dialect read as what it means.

    Where spaces stand beside Chinese a text is read twice: the spaces end a sentence, and they say nothing.
    """
    spoken = dict.fromkeys(readings(normalised(text)))
    parts = [part for reading in spoken for part in _END.split(profile.equivalents.applied(reading))]
    return tuple(dict.fromkeys(part for part in map(str.strip, parts) if re.search(r"\w", part)))
