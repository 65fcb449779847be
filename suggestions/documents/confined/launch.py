"""Become another program under limits: launch.py SECONDS MEMORY FILE_SIZE cut|try PROGRAM ARGUMENTS…

SECONDS are of processor time, MEMORY and FILE_SIZE bytes. With `cut` it ends (NOT_CUT_OFF) where the network cannot be
taken away; with `try` it goes on.
"""

import ctypes
import os
import resource
import sys

NOT_CUT_OFF = 97
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000


def cut_network() -> bool:
    """Move into a network of one's own, in which nothing answers; without root into a user namespace as well."""
    users, groups = os.getuid(), os.getgid()
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "unshare"):
        return False
    if library.unshare(_NEW_NETWORK) == 0:
        return True
    if library.unshare(_NEW_USER | _NEW_NETWORK) != 0:
        return False
    for name, text in (("setgroups", "deny"), ("uid_map", f"{users} {users} 1"), ("gid_map", f"{groups} {groups} 1")):
        try:
            with open(f"/proc/self/{name}", "w", encoding="ascii") as file:  # noqa: PTH123 - pathlib doubles the start-up time
                file.write(text)
        except OSError:
            break
    return True


def main() -> None:
    """Set the limits and become the program."""
    seconds, memory, size = (int(number) for number in sys.argv[1:4])
    if not cut_network() and sys.argv[4] == "cut":
        sys.exit(NOT_CUT_OFF)
    for limit, value in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, size),
        (resource.RLIMIT_NOFILE, 256),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))
    os.execvp(sys.argv[5], sys.argv[5:])  # noqa: S606 - the program and its arguments come from child.py alone


if __name__ == "__main__":
    main()
