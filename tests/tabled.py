"""Tables as they are written by hand: a line a row, its label, a bar, its cells; a full stop where there is no cell."""

import pandas as pd


def written(frame: pd.DataFrame) -> list[list[str]]:
    """Write a frame's rows as `rows` gives them."""
    plain = frame.astype(object).where(frame.notna(), ".")
    return [[label, *(str(cell).replace(" ", "") for cell in row)] for label, *row in plain.itertuples()]


def rows(block: str) -> list[list[str]]:
    """Take a block of text apart into its rows."""
    lines = (line.split("|") for line in block.strip().split("\n"))
    return [[label.strip(), *cells.split()] for label, cells in lines]


def row(frame: pd.DataFrame, label: str) -> list[str]:
    """Give the cells of one row of a frame."""
    return next(cells for name, *cells in written(frame) if name == label)
