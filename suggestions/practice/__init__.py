"""Practice: invented people and a played history, so that anyone can try every step before it counts."""

from datetime import date
from pathlib import Path

START = date(2026, 2, 24)
HANDOVER = Path(__file__).resolve().parent.parent / "practice_data" / "handover-2026"
PAST = Path(__file__).resolve().parent.parent / "practice_data" / "past-2025"
