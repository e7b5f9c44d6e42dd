"""A workbook to type into: laid out, checking itself, drafted from the quarter before, or made up for a trial."""
