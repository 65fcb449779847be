"""Papers of a case and reports: one list of parts, drawn as Word and as PDF in the type of the letters."""
