"""Child processes with limits: what opens a foreign file may hang, swell or crash there, and nowhere else."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from suggestions.documents.confined import launch

_CONFINED = Path(launch.__file__).parent
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What a child may use: seconds by the clock and of the processor, megabytes of memory and of what it writes."""

    seconds: int = 20
    memory: int = 1024
    output: int = 64


class OutOfLimitsError(Exception):
    """The child used up its time, its memory or its room, or crashed: the file it was given is to blame."""


class NoIsolationError(Exception):
    """The network cannot be taken away from a child on this machine, and this child may not run with it."""


def read_confined(script: str, data: bytes, *arguments: str, limits: Limits | None = None) -> bytes:
    """What a script of `confined/` writes about a file; raises OutOfLimitsError when it does not come to an end."""
    program = (sys.executable, "-I", str(_CONFINED / f"{script}.py"), "given", *arguments)
    with tempfile.TemporaryDirectory(prefix="confined-") as folder:
        (Path(folder) / "given").write_bytes(data)
        return run(program, Path(folder), limits or Limits())


def run(program: Sequence[str], folder: Path, limits: Limits, *, must_be_offline: bool = False) -> bytes:
    """Run a program in a folder under limits and answer what it wrote; raises OutOfLimitsError and NoIsolationError."""
    command = (
        *(sys.executable, "-I", "-S", launch.__file__),
        *(str(limits.seconds), str(limits.memory * _MEGABYTE), str(limits.output * _MEGABYTE)),
        *("cut" if must_be_offline else "try", *program),
    )
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "LANG": "C.UTF-8"}
    with tempfile.TemporaryFile() as output:
        child = subprocess.Popen(  # noqa: S603 - the programs are this house's own and soffice
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            code = child.wait(limits.seconds)
        except subprocess.TimeoutExpired:
            code = None
        finally:
            _end(child)
        if code == launch.NOT_CUT_OFF:
            raise NoIsolationError
        if code != 0:
            raise OutOfLimitsError
        output.seek(0)
        return output.read()


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the child and everything that it started."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
