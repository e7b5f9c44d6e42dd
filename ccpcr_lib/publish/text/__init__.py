"""Figures in words and as tables: HTML tables, sentences, progress, indicators."""
