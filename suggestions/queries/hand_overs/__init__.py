"""Hand-over lists: what waits for a signature, one list as it stands, all that a person may read, as paper."""
