"""The file of a workbook: its bytes, parts and sheets, and where cells are."""
