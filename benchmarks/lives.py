"""Many random lives against the model of the regulation: `make bench`, or `python -m benchmarks.lives [lives] [seed]`.

Every second life is lived on PostgreSQL where that is installed. A disagreement is printed with its story, and the
program ends with 1; the seed on the first line brings it back.
"""

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests import servers
from tests.conftest import MADE_AT, TEMPLATES
from tests.databases import Databases, Sqlite
from tests.lives.doing import meddle, ordinary, read, to_the_end, willing
from tests.lives.house import DEPUTIES, UNITS
from tests.lives.life import ACTIONS, Life
from tests.lives.machine import copy

STEPS = 60


def step(life: Life, dice: random.Random) -> None:
    """Somebody does something."""
    match dice.choices(
        ("ordinary", "willing", "meddle", "days", "director", "term", "read"), (20, 30, 25, 8, 3, 1, 10)
    )[0]:
        case "ordinary":
            for _ in range(dice.randint(1, 8)):
                ordinary(life, dice)
        case "willing":
            willing(life, dice, dice.choice(ACTIONS))
        case "meddle":
            meddle(life, dice, dice.choice(ACTIONS))
        case "days":
            life.pass_days(dice.choice((1, 2, 4, 9, 25, 45)))
        case "director":
            life.change_director(dice.choice(sorted(UNITS)), dice.choice((0, 0, 3, 12)))
        case "term":
            life.end_term(dice.choice(DEPUTIES))
        case _:
            read(life, dice)


def live(databases: Databases, folder: Path, seed: int, done: Counter[str]) -> bool:
    """One life; whether house and model agreed to its end."""
    dice = random.Random(seed)
    with copy(databases, folder) as app, app.app_context():
        life = Life(app)
        try:
            for _ in range(STEPS):
                step(life, dice)
            to_the_end(life, dice)
            life.end()
        except AssertionError as disagreement:
            print(f"life {seed}: {disagreement}")
            return False
        finally:
            done.update(life.done)
    return True


def on_both(folder: Path) -> Iterator[tuple[Sqlite | servers.Socket, Path]]:
    """SQLite, and PostgreSQL where it is installed, each with a folder for its templates; the server ends by itself."""
    yield Sqlite(folder / "sqlite"), folder / "sqlite"
    if server := servers.start_postgres():
        (folder / "postgresql").mkdir()
        yield server, folder / "postgresql"


def main(lives: int, seed: int) -> int:
    """Walk the lives of one seed; how many disagreed."""
    print(f"{lives} lives from seed {seed}")
    begun, done, bad = time.perf_counter(), Counter[str](), 0
    with tempfile.TemporaryDirectory() as name:
        both = [Databases(server, folder, TEMPLATES, MADE_AT) for server, folder in on_both(Path(name))]
        print(f"on {', '.join(each.folder.name for each in both)}")
        for at in range(lives):
            bad += not live(both[at % len(both)], Path(name) / f"files-{at}", seed + at, done)
    print(
        f"{sum(done.values())} steps of {len(done)} kinds in {time.perf_counter() - begun:.0f} s, {bad} disagreements"
    )
    print(f"never taken: {', '.join(sorted(set(ACTIONS) - set(done))) or 'none'}")
    return bad


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(
        main(*given)
        if len(given) == 2
        else main(given[0] if given else 20, random.SystemRandom().randrange(10**6)) and 1
    )
