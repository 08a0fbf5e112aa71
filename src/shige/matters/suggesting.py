"""Which category a resident's words speak of, by keywords and by what was learned here (R22)."""

from functools import lru_cache
from pathlib import Path

import structlog
from django.conf import settings

from shige.language.learned import Learned, LearnedError, read_learned
from shige.profile import Category, suggest_categories
from shige.trust.jurisdiction import profile

log = structlog.get_logger(__name__)


def suggest(words: str, limit: int = 3) -> list[tuple[Category, float]]:
    """Return up to ``limit`` sub-categories, the likeliest first, as ``suggest_categories`` does."""
    return suggest_categories(profile(), words, limit, learned())


def learned() -> Learned | None:
    """Return what `shige category train` has learned; None before it ran, or under other categories.

    A new training counts from the next request on, in every process.
    """
    held = stored()
    return held if held is not None and held.fingerprint == profile().table_of_categories() else None


def stored() -> Learned | None:
    """Return what the file holds, whatever profile it was learned under."""
    path = Path(settings.SHIGE_CATEGORY_MODEL)
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return None


@lru_cache(maxsize=1)
def _read(path: Path, changed: int) -> Learned | None:
    """Read the file once for each time that it changed; a broken one is said once and left alone."""
    try:
        return read_learned(path)
    except LearnedError as error:
        log.warning("category model unreadable", reason=str(error))
        return None
