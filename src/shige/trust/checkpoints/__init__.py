"""Checkpoints: what the journal was at a moment, signed and kept outside the database (P7).

Knows neither Django nor the database: places are given as paths, so that a restore can use it as well.
"""

from .erased import ErasedError, append_erased, check_erased, count_unsigned, length_of
from .keys import CheckpointKeys, KeyFileError, make_keys, read_keys, rotate_keys
from .line import Kind, Line, LogError
from .log import Log, append, is_empty, last_line, read_log

__all__ = [
    "CheckpointKeys",
    "ErasedError",
    "KeyFileError",
    "Kind",
    "Line",
    "Log",
    "LogError",
    "append",
    "append_erased",
    "check_erased",
    "count_unsigned",
    "is_empty",
    "last_line",
    "length_of",
    "make_keys",
    "read_keys",
    "read_log",
    "rotate_keys",
]
