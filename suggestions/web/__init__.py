"""The doors for people: one blueprint per desk or stage."""
