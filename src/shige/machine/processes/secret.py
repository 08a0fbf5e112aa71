"""The secret that signs sessions and forms: made once for a data folder, readable by its owner only."""

import os
import secrets
from pathlib import Path

from shige.trust.whole_file import write_whole


def make_secret(data: Path) -> None:
    """Make the secret where the data folder has none and the environment gives none."""
    path = data / "secret.key"
    if path.exists() or os.environ.get("SHIGE_SECRET_KEY"):
        return
    write_whole(path, secrets.token_urlsafe(48))
