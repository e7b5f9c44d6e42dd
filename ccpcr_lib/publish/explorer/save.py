"""A view → files for slides: PNG, SVG, CSV, and a presentation of one slide, named by what they show."""

from pathlib import Path

from ..charts import png, svg
from ..files import write_whole
from .draw import draw
from .layout import csv_text, file_name
from .slide import one_slide
from .view import View


def save_for_slides(view: View, folder: Path) -> list[Path]:
    """Write a view's files into a folder and give their paths. Raise OSError where one cannot be written.

    Where no chart suits there is only the CSV file.
    """
    stem = folder / file_name(view)
    contents: dict[str, bytes | str] = {"csv": "\ufeff" + csv_text(view)}
    if view.choice.chart:
        figure = draw(view).figure
        contents = {"png": png(figure), "svg": svg(figure), "pptx": one_slide(view), **contents}
    files = {stem.with_name(f"{stem.name}.{ending}"): content for ending, content in contents.items()}
    for path, content in files.items():
        write_whole(path, content)
    return list(files)
