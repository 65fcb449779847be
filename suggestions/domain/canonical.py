"""One spelling for every content, so that the same content has the same hash everywhere."""

import hashlib
import json
import unicodedata
from typing import Any


def _normal(value: Any) -> Any:
    """The value in NFC throughout; floats are refused because they have no one spelling."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {_normal(str(key)): _normal(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_normal(item) for item in value]
    if value is None or isinstance(value, bool | int):
        return value
    raise TypeError(f"no canonical form for {type(value).__name__}")


def canonical(value: Any) -> bytes:
    """The one spelling of plain data: sorted keys, no spaces, ASCII escapes, NFC; TypeError for anything else."""
    return json.dumps(_normal(value), sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def digest(value: Any) -> str:
    """SHA-256 of the canonical form, 64 hexadecimal characters."""
    return hashlib.sha256(canonical(value)).hexdigest()
