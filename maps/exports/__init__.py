"""Rows on their way out: which fields, in which form, to which file."""
