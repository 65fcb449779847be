"""The rules: what may be done with a suggestion, by whom, when, and what must be true first."""
