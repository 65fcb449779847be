"""The questions: read only."""
