"""The tests, in folders named like the layers they hold to account."""
