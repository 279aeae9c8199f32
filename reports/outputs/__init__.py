"""A report as documents: Word in the layout of official documents, and the workbook annex."""
