"""Programs that open foreign files: each runs alone in a child process with limits and imports nothing of the house."""
