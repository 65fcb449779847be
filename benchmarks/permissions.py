"""A million random questions of who may do what, where: the program's answer beside the table written by hand."""

import sys
import time

from tests.domain.deciding import disagreements

QUESTIONS = 1_000_000


def ask(count: int = QUESTIONS, seed: int = 237) -> int:
    """Ask so many questions, print what differs and how long it took; how many answers differ."""
    begun = time.perf_counter()
    found = disagreements(seed, count)
    for line in found[:20]:
        print(line)
    took = time.perf_counter() - begun
    print(f"{count} random (role, relation, state, action): {len(found)} disagreements, {took:.1f} s")
    return len(found)


if __name__ == "__main__":
    sys.exit(1 if ask(int(sys.argv[1]) if len(sys.argv) > 1 else QUESTIONS) else 0)
