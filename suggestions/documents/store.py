"""Where files lie: under their digest, never under a name that somebody gave."""

import hashlib
import os
from pathlib import Path

from flask import current_app

from suggestions.domain.errors import Missing


def _path(sha256: str) -> Path:
    return Path(current_app.config["FILES_DIR"]) / sha256[:2] / sha256


def keep(data: bytes) -> str:
    """Store bytes durably and return their SHA-256; the same bytes are stored once."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = _path(sha256)
    if path.exists():
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{sha256}.{os.getpid()}")
    with partial.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    partial.rename(path)
    return sha256


def read(sha256: str) -> bytes:
    """The bytes of a digest; Missing when they are gone or no longer have it."""
    path = _path(sha256)
    if not path.exists():
        raise Missing("文件不在了，请联系系统管理员。")
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Missing("文件已损坏（指纹不符），请联系系统管理员。")
    return data


def erase(sha256: str) -> None:
    """Take the bytes of a digest out of the store; nothing happens where they are gone already."""
    _path(sha256).unlink(missing_ok=True)
