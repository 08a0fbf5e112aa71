"""The model that comes with the program, so that a new installation suggests well from its first day."""

from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path

from shige.language.category.features import Features
from shige.language.category.model import Model, read_model


def shipped_model(features: Features) -> Model | None:
    """Return the model that was made for these categories and engines; None where there is none.

    A profile under another name, whose table of categories is the same, has it as well.
    """
    return next((model for model in _all_shipped() if model.suits(features)), None)


def shipped_path(features: Features) -> Path:
    """Return where the model for a profile and its engines lies in the source."""
    return Path(__file__).with_name("shipped") / f"{features.profile.id}-{features.engines[0].name}.npz"


@lru_cache(maxsize=1)
def _all_shipped() -> tuple[Model, ...]:
    folder = files("shige.language.category").joinpath("shipped")
    if not folder.is_dir():
        return ()
    models = []
    for entry in sorted(folder.iterdir(), key=lambda held: held.name):
        with as_file(entry) as path:
            models.append(read_model(path))
    return tuple(models)
