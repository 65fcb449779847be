"""Ledgers (台账): workbooks that an office sorts, filters and adds up."""
