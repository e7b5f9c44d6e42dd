"""Photographs: upright, smaller, and nothing left of the camera that took them."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from extent import only_whole
from PIL import Image, ImageDraw
from workbooks import changed

from ccpcr_lib import Release, Report, load, release
from ccpcr_lib.model.errors import CannotReadError
from ccpcr_lib.publish.deck import build_deck
from ccpcr_lib.publish.deck.photos import LONGEST, Photo, read_photo

pytestmark = pytest.mark.slow

ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825
SECRETS = (b"Exif", b"GPSPlace", b"CAMERA MAKER", b"a comment of the camera", b"ICC_PROFILE")


def placeholder(path, *, size=(2400, 1600), orientation=6):
    """Draw a picture (no photograph): red above, blue below, with all that a camera might write into it."""
    picture = Image.new("RGB", size, "#2040c0")
    ImageDraw.Draw(picture).rectangle((0, 0, size[0], size[1] // 2), fill="#c02020")
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = orientation, "CAMERA MAKER"
    exif.get_ifd(GPS).update({1: "N", 2: (11.0, 5.0, 0.0), 3: "E", 4: (105.0, 48.0, 0.0), 29: "GPSPlace"})
    profile = b"\0" * 128 + b"acsp"
    picture.save(path, "JPEG", exif=exif, comment=b"a comment of the camera", icc_profile=profile)
    return path


def with_photos(folder, *names):
    """Copy the quarter's workbook into a folder with photographs beside it."""
    path = changed(folder, {})
    place = folder / "photos" / "2010-Q2"
    place.mkdir(parents=True)
    for name in names:
        placeholder(place / name)
    return path


def test_the_placeholder_has_what_must_not_be_left(tmp_path):
    data = placeholder(tmp_path / "a.jpg").read_bytes()
    assert [secret for secret in SECRETS if secret in data] == list(SECRETS)
    with Image.open(tmp_path / "a.jpg") as picture:
        assert picture.getexif().get_ifd(GPS)[29] == "GPSPlace"


def test_nothing_of_the_camera_is_left_in_a_picture(tmp_path):
    jpeg = read_photo(placeholder(tmp_path / "01 Computer class.jpg")).jpeg
    assert [secret for secret in SECRETS if secret in jpeg] == []
    with Image.open(io.BytesIO(jpeg)) as picture:
        assert dict(picture.getexif()) == {}
        assert {"exif", "icc_profile", "comment", "photoshop"}.isdisjoint(picture.info)


@pytest.fixture(scope="module")
def deck(tmp_path_factory) -> bytes:
    """A deck with two photographs beside its workbook."""
    names = ("02 Weaving in the shelter.JPG", "01-Computer class.jpg")
    return build_deck(release(load(with_photos(tmp_path_factory.mktemp("photos"), *names))))


@pytest.mark.slow
def test_nothing_of_the_camera_is_left_in_the_whole_deck(deck):
    with zipfile.ZipFile(io.BytesIO(deck)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    pictures = [name for name in parts if name.startswith("ppt/media/")]
    assert len(pictures) == 1, "the two placeholders are the same picture, kept once"
    assert {(name, secret) for name, data in parts.items() for secret in SECRETS if secret in data} == set()


@pytest.mark.slow
def test_each_photograph_is_a_slide_before_the_thanks_with_its_caption_and_its_words(deck):
    from readback import deck_slides

    slides = [slide for slide in deck_slides(deck) if any(shape.name == "Photograph" for shape in slide.shapes)]
    assert [slide.shapes.title.text_frame.text for slide in slides] == ["Computer class", "Weaving in the shelter"]
    picture = next(shape for shape in slides[0].shapes if shape.name == "Photograph")
    assert picture._element.xpath(".//p:cNvPr/@descr") == ["Photograph: Computer class"]
    titles = [slide.shapes.title.text_frame.text for slide in deck_slides(deck)]
    assert titles.index("Plan of action") + 1 == titles.index("Computer class")
    assert titles.index("Weaving in the shelter") + 1 == titles.index("Thank you for your attention")


def test_a_picture_is_turned_upright_and_made_smaller(tmp_path):
    with Image.open(io.BytesIO(read_photo(placeholder(tmp_path / "a.jpg")).jpeg)) as picture:
        assert picture.size == (1067, LONGEST), "taken across with the camera on its side: it stands now"
        left, right = picture.getpixel((100, 800)), picture.getpixel((960, 800))
        assert left[2] > 150 > left[0], "blue, which lay below, stands to the left"
        assert right[0] > 150 > right[2], "red to the right"


def photos_beside(folder: Path, report: Report) -> list[Photo]:
    """The photographs of the quarter, of a workbook that stands in a folder."""
    moved = replace(report.reading, path=folder / "2010-Q2.xlsx")
    return list(map(read_photo, Release(replace(report, reading=moved)).photographs))


def test_without_a_folder_there_are_no_photographs_and_no_complaint(tmp_path, quarter):
    assert photos_beside(tmp_path, quarter) == []


def test_what_the_system_leaves_in_a_folder_is_no_photograph(tmp_path, quarter):
    folder = tmp_path / "photos" / "2010-Q2"
    folder.mkdir(parents=True)
    for name in ("Thumbs.db", ".DS_Store", "desktop.ini"):
        (folder / name).write_bytes(b"x")
    placeholder(folder / "1 A.png", size=(30, 20))
    assert [photo.caption for photo in photos_beside(tmp_path, quarter)] == ["A"]


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_becomes_white_as_paper_is(tmp_path, mode):
    picture = Image.new("RGBA", (40, 20), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((0, 0, 19, 19), fill=(0, 0, 0, 255))
    picture.convert(mode).save(tmp_path / "a.png")
    with Image.open(io.BytesIO(read_photo(tmp_path / "a.png").jpeg)) as shown:
        assert max(shown.getpixel((5, 10))) < 10
        assert min(shown.getpixel((35, 10))) > 245


@only_whole
def test_a_large_picture_is_read_without_a_word_and_a_picture_too_large_is_refused_by_its_size(tmp_path, recwarn):
    Image.new("1", (10_000, 10_000), 1).save(tmp_path / "large.png")
    Image.new("1", (14_000, 14_000), 1).save(tmp_path / "too large.png")
    with Image.open(io.BytesIO(read_photo(tmp_path / "large.png").jpeg)) as shown:
        assert shown.size == (LONGEST, LONGEST)
    assert list(recwarn) == []
    said = r"^too large\.png: the picture is too large, at most 178 million pixels can be read\. [^\n]*$"
    with pytest.raises(CannotReadError, match=said):
        read_photo(tmp_path / "too large.png")


@pytest.mark.parametrize("content", [b"", b"no picture at all", b"\xff\xd8\xff\xe0 cut off"])
def test_a_file_that_is_no_picture_is_refused_by_name_in_one_line(tmp_path, quarter, content):
    folder = tmp_path / "photos" / "2010-Q2"
    folder.mkdir(parents=True)
    (folder / "03 broken.jpg").write_bytes(content)
    with pytest.raises(CannotReadError, match=r"^03 broken\.jpg: this is no picture that can be read\. [^\n]*$"):
        photos_beside(tmp_path, quarter)
