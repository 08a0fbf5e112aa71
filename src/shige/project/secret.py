"""The secret that signs sessions and forms: made once for a data folder, readable by its owner only."""

import os
import secrets
from pathlib import Path


def make_secret(data: Path) -> None:
    """Make the secret where the data folder has none and the environment gives none."""
    path = data / "secret.key"
    if path.exists() or os.environ.get("SHIGE_SECRET_KEY"):
        return
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(48))
