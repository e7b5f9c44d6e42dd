"""What a report is made without is said before the work begins: photographs that are none, letters no font has."""

import os
import struct
import unicodedata
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from workbooks import WORKBOOK, changed

from ccpcr_lib import Release, Report, release
from ccpcr_lib.publish import build, letters
from ccpcr_lib.publish.build import Listener, Options, build_report
from ccpcr_lib.publish.deck.photos import photos_of
from ccpcr_lib.publish.letters import missing_letters
from ccpcr_lib.publish.photographs import left_out
from ccpcr_lib.publish.workshop import Workshop

NO_PICTURE = (
    "{}: this is no picture that can be read. Save it as .jpg, or take it out of the folder. "
    "The report is made without it."
)


def jpeg(path: Path, **options: object) -> Path:
    Image.new("RGB", (60, 40), "#808080").save(path, "JPEG", **options)
    return path


def cut(path: Path) -> None:
    data = jpeg(path, quality=95).read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])


NO_PICTURES: dict[str, Callable[[Path], object]] = {
    "notes.txt": lambda path: path.write_text("minutes", encoding="utf-8"),
    "letter.docx": lambda path: path.write_bytes(b"PK\x03\x04 no picture"),
    "empty.jpg": lambda path: path.write_bytes(b""),
    "cut.jpg": cut,
    "head.jpg": lambda path: path.write_bytes(b"\xff\xd8\xff\xe0 cut off"),
    "phone.heic": lambda path: path.write_bytes(b"\x00\x00\x00\x18ftypheic" + bytes(40)),
    "drawing.svg": lambda path: path.write_text("<svg/>", encoding="utf-8"),
    "folder": lambda path: path.mkdir(),
    "folder.jpg": lambda path: path.mkdir(),
    "link.jpg": lambda path: path.symlink_to(path.parent / "nowhere.jpg"),
    "picture.png": lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(30)),
    "moving.gif": lambda path: path.write_bytes(b"GIF89a"),
}
PICTURES: dict[str, Callable[[Path], object]] = {
    "01 Sewing.jpg": jpeg,
    "02 រូបថត.jpg": jpeg,
    "03 😀.jpg": jpeg,
    "04 be\x07ll.jpg": jpeg,
    "05 four colours.jpg": lambda path: Image.new("CMYK", (60, 40)).save(path, "JPEG"),
    "06 moving.gif": lambda path: Image.new("P", (9, 9)).save(
        path, save_all=True, append_images=[Image.new("P", (9, 9), 7)]
    ),
    "07 web.webp": lambda path: Image.new("RGB", (9, 9)).save(path),
    "08 deep.png": lambda path: Image.new("I;16", (9, 9)).save(path),
}
CAPTIONS = ["Sewing", "រូបថត", "😀", "bell", "four colours", "moving", "web", "deep"]


def beside(folder: Path, quarter: Report) -> tuple[Release, Path]:
    """Move the quarter into a folder; give it, and the folder of its photographs."""
    place = folder / "photos" / "2010-Q2"
    place.mkdir(parents=True)
    return Release(replace(quarter, reading=replace(quarter.reading, path=folder / "2010-Q2.xlsx"))), place


@pytest.mark.parametrize("name", NO_PICTURES)
def test_a_file_that_is_no_picture_is_named_and_left_out(tmp_path, quarter, name):
    shown, place = beside(tmp_path, quarter)
    NO_PICTURES[name](place / name)
    jpeg(place / "1 Sewing.jpg")
    assert left_out(shown.photographs) == [NO_PICTURE.format(name)]
    assert [photo.caption for photo in photos_of(shown)] == ["Sewing"]


def test_a_picture_that_would_fill_the_memory_is_named_and_left_out(tmp_path, quarter):
    shown, place = beside(tmp_path, quarter)
    Image.new("1", (8, 8)).save(place / "bomb.png")
    small = (place / "bomb.png").read_bytes()
    head = b"IHDR" + struct.pack(">II", 60_000, 60_000) + small[24:29]
    (place / "bomb.png").write_bytes(small[:12] + head + struct.pack(">I", zlib.crc32(head)) + small[33:])
    (line,) = left_out(shown.photographs)
    assert line.startswith("bomb.png: the picture is too large, at most 178 million pixels can be read.")
    assert line.endswith("The report is made without it.")
    assert list(photos_of(shown)) == []


def test_a_name_of_any_bytes_is_said_on_one_line(tmp_path, quarter):
    shown, place = beside(tmp_path, quarter)
    for name in (b"a\nb.txt", b"\x1b[31mred.txt", b"x\xff.txt"):
        (place / os.fsdecode(name)).write_bytes(b"x")
    said = ["[31mred.txt", "a b.txt", "x\ufffd.txt"]
    assert left_out(shown.photographs) == [NO_PICTURE.format(name) for name in said]


def test_every_kind_of_picture_is_shown_with_its_name(tmp_path, quarter, recwarn):
    shown, place = beside(tmp_path, quarter)
    for name, write in PICTURES.items():
        write(place / name)
    assert left_out(shown.photographs) == []
    assert [photo.caption for photo in photos_of(shown)] == CAPTIONS
    assert list(recwarn) == []


def test_what_is_left_out_is_said_before_the_work_begins(tmp_path, quarter, monkeypatch):
    shown, place = beside(tmp_path, quarter)
    (place / "notes.txt").write_bytes(b"x")
    heard: list[str] = []

    def begin(options: Options) -> None:
        raise InterruptedError(*heard)

    monkeypatch.setattr(build, "_workers", begin)
    with pytest.raises(InterruptedError, match=r"^notes\.txt: this is no picture"):
        build_report(shown, Workshop(place, place), Options(), version="0", listener=Listener(warn=heard.append))


# --- letters -------------------------------------------------------------------------------------------------


def said(word: str, cell: str) -> str:
    return f"The word “{word}” (at {cell}) has letters that no font here has; charts show boxes in their place."


def test_the_real_quarter_and_khmer_lack_no_letters_and_no_font_is_looked_into(quarter, monkeypatch):
    monkeypatch.setattr(letters, "_has_box", None)
    for language in ("en", "km", "en+km"):
        assert missing_letters(Release(quarter, language)) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Cooking 烹饪 class", ["烹饪"]),
        ("ตัดเย็บ", ["ตัดเย็บ"]),
        ("หนึ่ง สอง หนึ่ง", ["หนึ่ง", "สอง"]),
        ("Dance 🧵", ["🧵"]),
        ("নকশা", ["নকশা"]),
        ("កម្ពុជា", []),
        ("Sew – “fine” café №5 ½ ± … •", []),
        ("Σίγμα Шитьё", []),
        ("᧠", []),
    ],
)
def test_a_word_with_letters_that_no_font_has_is_named_once_with_its_cell(tmp_path, name, words):
    path = changed(tmp_path, {"Slide 15!B8": name})
    assert missing_letters(release(path)) == [said(word, "Slide 15!C8") for word in words]


def test_of_many_words_some_are_named_and_the_others_counted(tmp_path):
    path = changed(tmp_path, {"Slide 15!B8": "一 二 三 四 五 六 七"})
    assert missing_letters(release(path))[4:] == [
        said("五", "Slide 15!C8"),
        "There are 2 more words with such letters.",
    ]


def test_the_name_of_the_file_is_written_under_charts_too(tmp_path):
    path = tmp_path / "ไทย 2010-Q2.xlsx"
    path.write_bytes(WORKBOOK.read_bytes())
    assert missing_letters(release(path)) == [
        "The word “ไทย” has letters that no font here has; charts show boxes in their place."
    ]


def test_what_is_taken_for_sure_every_font_has():
    codes = [code for code in range(0x20, 0x20000) if letters.SURE.fullmatch(chr(code))]
    visible = [code for code in codes if unicodedata.category(chr(code)) not in ("Cn", "Cc", "Cf", "Zs", "Zl", "Zp")]
    assert len(visible) > 400
    assert set(visible) - letters._known() == set()
