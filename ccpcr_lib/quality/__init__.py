"""Can it be believed: what a workbook prints against its own counts, its other tables, other quarters."""
