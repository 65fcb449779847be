"""What the clock does by itself, by the name of its action."""

from suggestions.usecases.redating import redate
from suggestions.usecases.reminding import remind

__all__ = ["redate", "remind"]
