"""Paper in and out: the handover workbook, Word originals, letters and ledgers."""
