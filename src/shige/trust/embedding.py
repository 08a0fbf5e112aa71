"""The engine of sentence embeddings in force (``SHIGE_EMBEDDING``), opened once for each process."""

from functools import lru_cache

import structlog
from django.conf import settings

from shige.language.embedding import Embedder, EngineError
from shige.language.embedding import embedder as opened

log = structlog.get_logger(__name__)


def embedder() -> Embedder:
    """Return the engine that the setting names; the best of the program's own while that one is broken."""
    return _opened(settings.SHIGE_EMBEDDING)[0]


def embedding_fault() -> str:
    """Return why the engine that the setting names is not used; empty where it is."""
    return _opened(settings.SHIGE_EMBEDDING)[1]


@lru_cache(maxsize=4)
def _opened(setting: str) -> tuple[Embedder, str]:
    """Open an engine; a failure is said once and lasts until the next start, as requests cannot wait."""
    try:
        return opened(setting), ""
    except EngineError as error:
        log.warning("embedding unusable", reason=str(error))
        return opened(), str(error)
