"""A second place for the lives: Chongqing's rules, but the deputies office must agree to an extension."""

from dataclasses import replace
from unittest import mock

from suggestions.domain import rulebook
from tests.lives.law import CONSENTING

_of_the_house = rulebook._versions


def _versions(name: str) -> tuple[rulebook.Rulebook, ...]:
    if name != CONSENTING:
        return _of_the_house(name)
    known = _of_the_house("chongqing")
    return tuple(replace(each, name=name, extension=replace(each.extension, needs_consent=True)) for each in known)


# No place of the house asks consent and leaves everything else as Chongqing has it.
known_here = mock.patch.object(rulebook, "_versions", _versions)
