"""Originals made on the fly, good, odd, broken and hostile; corpus.txt says what must happen with each."""
