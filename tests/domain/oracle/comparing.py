"""Random lives, told by the oracle and asked of the program; every day on which the two say different things."""

from collections.abc import Iterator
from random import Random

from tests.domain.oracle.asking import ask
from tests.domain.oracle.days import DAY
from tests.domain.oracle.lives import Life, random_life
from tests.domain.oracle.telling import days_to_ask, tell


def disagreements(seed: int, count: int) -> Iterator[str]:
    """Each life on which the two differ, with the day and what they say."""
    dice = Random(seed)
    for _ in range(count):
        life = random_life(dice)
        happened = [life.entered_on, *(each.on for each in life.happenings)]
        today = dice.choice(happened) + dice.randrange(30) * DAY
        if dice.random() < 0.8:
            today = max(life.entered_on, dice.choice(days_to_ask(life, today)) + dice.choice((-1, 0, 1)) * DAY)
        told, asked = tell(life, today), ask(life, today)
        if told != asked:
            yield _said(life, today, told, asked)


def _said(life: Life, today: object, told: object, asked: object) -> str:
    return f"{life}\n  on {today}\n  oracle:  {told}\n  program: {asked}"
