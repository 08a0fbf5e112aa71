"""Which category a resident's words speak of, by keywords and by what was learned (R22)."""

from functools import lru_cache
from pathlib import Path

import structlog
from django.conf import settings

from shige.language.category.features import Features, features
from shige.language.category.model import Model, ModelError, read_model
from shige.language.category.shipped import shipped_model
from shige.language.category.suggestion import Sorter, Suggestion
from shige.trust.embedding import embedder
from shige.trust.jurisdiction import profile

log = structlog.get_logger(__name__)


def suggest(words: str, limit: int = 3, *, dismissed: bool = False) -> Suggestion:
    """Return up to ``limit`` sub-categories, the likeliest first, and whether the first stands out.

    ``dismissed`` says that somebody has answered that there is no emergency.
    """
    return sorter().suggest(words, limit, dismissed=dismissed)


def sorter() -> Sorter:
    """Return what sorts words here: keywords, and the model in force where there is one."""
    return Sorter(profile(), features_here(), model_in_force())


def features_here() -> Features:
    """Return what is told of words by the engine that works here."""
    return features(profile(), embedder())


def model_in_force() -> Model | None:
    """Return what was learned here, else what comes with the program, as far as it suits.

    A new training counts from the next request on, in every process. What was learned under other
    categories or another engine is not used.
    """
    held, here = stored(), features_here()
    return held if held is not None and held.suits(here) else shipped_model(here)


def stored() -> Model | None:
    """Return what `shige category train` has written here, whether or not it still suits."""
    path = Path(settings.SHIGE_CATEGORY_MODEL)
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return None


@lru_cache(maxsize=1)
def _read(path: Path, changed: int) -> Model | None:
    """Read the file once for each time that it changed; a broken one is said once and left alone."""
    try:
        return read_model(path)
    except ModelError as error:
        log.warning("category model unreadable", reason=str(error))
        return None
