"""Where files lie: under their digest, never under a name that somebody gave."""

import hashlib
import os
import shutil
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from flask import current_app

from suggestions.domain.errors import Missing

_SIDE_BY_SIDE = 8


def _path(sha256: str) -> Path:
    return Path(current_app.config["FILES_DIR"]) / sha256[:2] / sha256


def keep(data: bytes) -> str:
    """Store bytes durably and return their SHA-256; the same bytes are stored once."""
    return _keep(Path(current_app.config["FILES_DIR"]), data)


def _keep(folder: Path, data: bytes) -> str:
    sha256 = hashlib.sha256(data).hexdigest()
    path = folder / sha256[:2] / sha256
    if path.exists():
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{sha256}.{os.getpid()}.{threading.get_ident()}")
    with partial.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    partial.rename(path)
    return sha256


def keep_together(papers: Iterable[Callable[[], bytes]]) -> None:
    """Store several files, fetched one by one, waiting for the disk side by side: alone each waits its own time."""
    folder = current_app.config["FILES_DIR"]
    with ThreadPoolExecutor(_SIDE_BY_SIDE) as pool:
        for _ in pool.map(lambda fetch: _keep(Path(folder), fetch()), papers):
            pass


def read(sha256: str) -> bytes:
    """The bytes of a digest; Missing when they are gone or no longer have it."""
    path = _path(sha256)
    if not path.exists():
        raise Missing("文件不在了，请联系系统管理员。")
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Missing("文件已损坏（指纹不符），请联系系统管理员。")
    return data


def put_aside(path: Path, data: bytes) -> None:
    """Keep what was made from a file where it can be made again: whole or not at all, whoever else makes it now."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")
    partial.write_bytes(data)
    partial.replace(path)


def erase(sha256: str) -> None:
    """Take the bytes of a digest, and all that was made from them, out of the store; gone already is no fault."""
    _path(sha256).unlink(missing_ok=True)
    files = Path(current_app.config["FILES_DIR"])
    shutil.rmtree(files / "drawn" / sha256[:2] / sha256, ignore_errors=True)
    for reading in files.glob(f"read/*/{sha256[:2]}/{sha256}.*"):
        reading.unlink(missing_ok=True)
