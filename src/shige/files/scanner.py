"""Ask a virus scanner (``SHIGE_CLAMD``) about what is sent in; without one nothing is asked.

Speaks clamd's INSTREAM: the content in pieces with their lengths before them, then one line of answer.
"""

import socket
from contextlib import closing
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

PIECE: Final = 64 * 1024
SECONDS: Final = 30.0
LONGEST_ANSWER: Final = 4096


def refuse_infected(content: bytes, seconds: float = SECONDS) -> None:
    """Let content pass that the scanner finds clean; ``seconds`` is how long each step may take.

    Raises
    ------
    ValidationError
        It is infected; or the scanner does not answer as it should, for what nobody checked is not taken.
    """
    if not settings.SHIGE_CLAMD:
        return
    try:
        said = ask(settings.SHIGE_CLAMD, content, min(seconds, SECONDS))
    except (OSError, ValueError):
        said = ""
    if said.endswith(" FOUND"):
        raise ValidationError(_("A virus was found in this file. It was not kept."))
    if not said.endswith(": OK"):
        raise ValidationError(
            _("Files cannot be checked for viruses at present, so none can be taken. Please try again later.")
        )


def ask(address: str, content: bytes, seconds: float = SECONDS) -> str:
    """Return clamd's answer, such as ``stream: OK`` or ``stream: Eicar-Signature FOUND``.

    Parameters
    ----------
    address
        ``tcp://host:port`` or ``unix:/path/of/the/socket``.

    Raises
    ------
    OSError
        It cannot be reached or breaks off.
    ValueError
        The address is neither of the two.
    """
    with closing(_connected(address, seconds)) as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), PIECE):
            piece = content[start : start + PIECE]
            line.sendall(len(piece).to_bytes(4, "big") + piece)
        line.sendall(bytes(4))
        return _answer(line)


def _connected(address: str, seconds: float) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "tcp" and parts.hostname and parts.port:
        return socket.create_connection((parts.hostname, parts.port), seconds)
    if parts.scheme != "unix" or not parts.path:
        raise ValueError("SHIGE_CLAMD is tcp://host:port or unix:/path")
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(seconds)
    try:
        line.connect(parts.path)
    except OSError:
        line.close()
        raise
    return line


def _answer(line: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST_ANSWER:
        more = line.recv(LONGEST_ANSWER)
        if not more:
            break
        said += more
    return said.rstrip(b"\0\n").decode(errors="replace")
