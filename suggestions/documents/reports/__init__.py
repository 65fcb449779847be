"""Reports as Word files that an office goes on writing in."""
