"""The law as data: one TOML per place and version, every number with its article."""
