"""Can it be believed: what the workbook prints against its own counts, against its other tables, against other quarters."""
