"""A million random lives: every due date and light beside the oracle of the tests; `python -m benchmarks.deadlines`."""

import sys
import time
from itertools import islice

from tests.domain.oracle.comparing import disagreements

LIVES = 1_000_000


def compare(count: int = LIVES, seed: int = 20260209) -> int:
    """Compare so many lives, print what differs and how long it took; how many differ, counted no further than 20."""
    begun = time.perf_counter()
    found = list(islice(disagreements(seed, count), 20))
    for said in found:
        print(said)
    print(f"{count} random lives: {len(found)} disagreements, {time.perf_counter() - begun:.1f} s")
    return len(found)


if __name__ == "__main__":
    sys.exit(1 if compare(int(sys.argv[1]) if len(sys.argv) > 1 else LIVES) else 0)
