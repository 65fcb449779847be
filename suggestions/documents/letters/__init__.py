"""The reply letter (复函) on paper: its parts, measured by GB/T 9704 letter format, as Word and as PDF."""
