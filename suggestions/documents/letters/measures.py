"""The measures of GB/T 9704-2012, letter format (10.1), in millimetres and points; one place for Word and PDF."""

MM = 72 / 25.4
"""Points in a millimetre."""
PAGE = (210.0, 297.0)
TOP, RIGHT, BOTTOM, LEFT = 37.0, 26.0, 35.0, 28.0
"""Margins: the type area is 156 by 225 millimetres."""
CHARACTER = 16.0
"""3号, in points."""
PER_LINE, LINES = 28, 22
LINE = 28.95
"""Points from line to line: 22 of them fit into 225 millimetres, which 29 points would not."""
TIGHTER = -0.21
"""Points by which characters stand closer, so that 28 of them fit into 156 millimetres."""
TITLE = 22.0
"""2号, in points."""
TITLE_LINE = 32.0
TITLE_PER_LINE = 19
SMALL = 14.0
"""4号, in points: page number and copies."""
CELL, CELL_LINE = 12.0, 18.0
"""小四, in points: forms and tables, and their lines."""
SMALL_CELL_LINE = 12.5
"""The lines of a table of many rows, which is set in 小五."""
NOTE = 9.0
"""小五, in points: the evidence and the colophon, which are no part of the letter."""
LETTERHEAD_TOP = 30.0
MARKS_TOP = 15.0
"""Where result and publication are marked: at the top right, above the letterhead."""
BELOW_LETTERHEAD = 4.0
RULE_WIDTH = 170.0
THICK, BETWEEN, THIN = 0.8, 0.5, 0.3
"""The two lines of a red double line, and what is free between them."""
RULES = THICK + BETWEEN + THIN
FOOT_RULES_BOTTOM = 20.0
"""How far the second double line stands from the lower edge of the first page."""
NUMBER_GAP = CHARACTER * 7 / 8 / MM
"""Free above the document number: 7/8 of a character of 3号, in millimetres."""
PAGE_NUMBER_BELOW = 7.0
"""How far the dashes beside the page number stand below the type area."""
QR = 18.0
RED = "D7000F"
_LARGEST_LETTERHEAD = 13.0
_INSET = 0.06
"""How much of its height a character stands inside its own square, above and below."""
_SPREAD = 1.12


def letterhead_size(length: int) -> float:
    """The height of a letterhead's characters in millimetres: as large as so many fit between the ends of the lines."""
    return min(_LARGEST_LETTERHEAD, (RULE_WIDTH - 6) / (max(length, 1) * _SPREAD))


def letterhead_from(size: float) -> float:
    """Where the square of a letterhead's characters begins, so that what is seen of them begins at 30 mm."""
    return LETTERHEAD_TOP - _INSET * size


def rules_at(size: float) -> float:
    """Where the first double line begins: 4 mm below what is seen of the letterhead."""
    return LETTERHEAD_TOP + (1 - 2 * _INSET) * size + BELOW_LETTERHEAD


def below_letterhead(size: float) -> float:
    """What lies free between the letterhead's squares and the document number, the double line in it."""
    return rules_at(size) - letterhead_from(size) - size + RULES + NUMBER_GAP
