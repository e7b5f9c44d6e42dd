"""Workbook → frames: the package is looked over, cells become grids, grids become tables, tables become counts."""
