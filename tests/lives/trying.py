"""What is tried: one step of one person on one row."""

from dataclasses import dataclass, field

from tests.lives.world import Case, Co, Handling, Words


@dataclass
class Try:
    """One person tries one step on one row, with these words; perhaps without having looked, or without a password."""

    life: str
    action: str
    who: str
    case: Case
    handling: Handling | None = None
    co: Co | None = None
    words: Words = field(default_factory=dict)
    is_stale: bool = False
    is_unseen: bool = False
    has_proof: bool = True

    @property
    def h(self) -> Handling:
        assert self.handling is not None
        return self.handling

    @property
    def c(self) -> Co:
        assert self.co is not None
        return self.co

    @property
    def row(self) -> Case | Handling | Co:
        return {"suggestion": self.case, "handling": self.handling, "co_handling": self.co}[self.life]  # type: ignore[return-value]
