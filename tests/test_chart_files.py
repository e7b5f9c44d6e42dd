"""Charts as files: the same bytes again, of a slide's size, with nothing of a machine in them."""

import io
import struct

import matplotlib
import numpy as np
import pytest
from PIL import Image
from plotted import ONE_OF_EACH_FORM, real

from ccpcr_lib import release, save
from ccpcr_lib.publish import theme
from ccpcr_lib.publish.charts import chart, png, svg
from ccpcr_lib.publish.charts.pixels import pack

pytestmark = pytest.mark.slow


def size(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG")
    return struct.unpack(">II", picture[16:24])


@pytest.mark.parametrize("key", ONE_OF_EACH_FORM, ids="-".join)
def test_a_drawing_made_twice_is_the_same_file(quarter, key):
    first, second = (svg(chart(release(quarter, "en+km"), *key).figure) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("key", [("education", "months"), ("life_skills", "matrix")], ids="-".join)
def test_a_picture_made_twice_is_the_same_file_and_fills_a_wide_slide(quarter, key):
    first, second = (png(chart(release(quarter, "en+km"), *key).figure) for _ in range(2))
    assert first == second
    assert size(first) == (2000, 1125)


@pytest.mark.parametrize("key", [("education", "months"), ("life_skills", "matrix")], ids="-".join)
def test_picture_and_drawing_are_what_matplotlib_itself_would_save(quarter, key):
    figure = chart(release(quarter, "en+km"), *key).figure
    picture, drawing = png(figure), svg(figure)
    other_picture, other_drawing = io.BytesIO(), io.BytesIO()
    with matplotlib.rc_context(theme.rc()):
        figure.savefig(other_picture, format="png")
        figure.savefig(other_drawing, format="svg", metadata={"Date": None})
    assert (decoded(picture) == decoded(other_picture.getvalue())).all()
    assert len(picture) < 1.1 * len(other_picture.getvalue())
    assert drawing == other_drawing.getvalue()
    assert png(figure) == picture


def decoded(picture: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(picture)).convert("RGBA"))


@pytest.mark.parametrize(("alpha", "mode"), [(255, "RGB"), (254, "RGBA"), (0, "RGBA")])
def test_pixels_are_packed_as_they_are_and_their_alpha_is_left_out_only_where_all_is_opaque(alpha, mode):
    pixels = np.random.default_rng(1).integers(0, 256, (7, 5, 4), np.uint8)
    pixels[..., 3] = 255
    pixels[3, 2, 3] = alpha
    with Image.open(io.BytesIO(pack(pixels, dpi=200, level=3))) as picture:
        assert (picture.mode, picture.size) == (mode, (5, 7))
        assert [round(side) for side in picture.info["dpi"]] == [200, 200]
        assert (np.asarray(picture.convert("RGBA")) == pixels).all()


def test_an_svg_holds_no_date_no_font_and_no_address(quarter):
    drawn = svg(chart(release(quarter, "km"), "education", "months").figure).decode()
    assert "<text" not in drawn
    assert "<dc:date>" not in drawn
    assert 'href="http' not in drawn


def test_save_writes_a_picture_and_a_drawing_whatever_the_ending_of_the_name(quarter, tmp_path):
    figure = chart(release(quarter), "education", "months").figure
    files = save(figure, tmp_path / "new folder" / "grades.jpg")
    assert [file.name for file in files] == ["grades.png", "grades.svg"]
    assert size(files[0].read_bytes()) == (2000, 1125)
    assert files[1].read_bytes().startswith(b"<?xml")
    assert sorted(file.name for file in (tmp_path / "new folder").iterdir()) == ["grades.png", "grades.svg"]


def test_a_dot_in_a_name_is_not_taken_for_an_ending(quarter, tmp_path):
    files = save(chart(release(quarter), "education", "months").figure, tmp_path / "grades v1.2")
    assert [file.name for file in files] == ["grades v1.2.png", "grades v1.2.svg"]


def test_a_file_name_says_the_slide_the_table_and_the_form():
    assert real(("family_visits", "previous_and_this")).name == "17-family-visits-previous-and-this"


def test_drawing_leaves_no_figure_open_and_no_setting_changed(quarter):
    from matplotlib import pyplot

    before = dict(matplotlib.rcParams)
    for key in ONE_OF_EACH_FORM:
        chart(release(quarter), *key)
    assert pyplot.get_fignums() == []
    assert dict(matplotlib.rcParams) == before
