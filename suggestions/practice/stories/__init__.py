"""The stories of the practice handover: for each number what happened on which day; 001 comes later and has none."""

from suggestions.practice.moves import Story
from suggestions.practice.stories import answered, at_signing, beginning, elsewhere, ended, under_way

STORIES: dict[str, Story] = dict(
    sorted(
        {
            **beginning.STORIES,
            **under_way.STORIES,
            **at_signing.STORIES,
            **answered.STORIES,
            **ended.STORIES,
            **elsewhere.STORIES,
        }.items()
    )
)
