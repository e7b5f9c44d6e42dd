"""A quarter looked at from any side: a choice of table, breakdown and chart → a page, a picture, files for slides."""
