"""Nothing of who made a report, on which computer and in which folder, leaves with it: not in one byte of it."""

import getpass
import io
import os
import re
import shutil
import socket
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import matplotlib
import pytest
from commands import ccpcr
from extent import only_whole
from workbooks import ROOT, WORKBOOK

pytestmark = [pytest.mark.slow, only_whole]
PLANTED = {
    "USER": "planted-user",
    "LOGNAME": "planted-user",
    "USERNAME": "planted-user",
    "HOSTNAME": "planted-host",
    "COMPUTERNAME": "planted-host",
    "TZ": "Asia/Phnom_Penh",
    "MPLCONFIGDIR": matplotlib.get_configdir(),  # where the fonts are known already, whoever is at home
}
SAVE = """
from pathlib import Path
from ccpcr_lib import explore
from ccpcr_lib.publish.explorer.save import save_for_slides
save_for_slides(explore(DATA, "referrals_by_sex"), Path(OUT))
"""
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


@pytest.fixture(scope="module")
def left(tmp_path_factory) -> dict[str, bytes]:
    """All that somebody passes on, made by somebody of a planted name, at home in a planted folder, and in another."""
    folder = tmp_path_factory.mktemp("made") / "planted-folder"
    own = PLANTED | {"HOME": str(folder / "planted-home"), "USERPROFILE": str(folder / "planted-home")}
    (folder / "planted-home").mkdir(parents=True)
    workbook = Path(shutil.copytree(WORKBOOK.parent, folder / "data")) / WORKBOOK.name
    written = [
        ccpcr("report", workbook, "--out", folder / "reports", "--language", "en+km", **own),
        ccpcr("check", workbook, "--annotate", folder / "written" / "annotated.xlsx", **own),
        ccpcr("tidy", workbook, "-o", folder / "written" / "counts.csv", **own),
        ccpcr("new", "2010-Q3", "-o", folder / "written" / "2010-Q3.xlsx", "--from", workbook, **own),
    ]
    assert [done.returncode for done in written] == [0, 1, 0, 0], [done.stderr for done in written]
    code = SAVE.replace("DATA", repr(str(folder / "data"))).replace("OUT", repr(str(folder / "written")))
    subprocess.run([sys.executable, "-c", code], check=True, env=os.environ | own, cwd=folder)
    there = [path for name in ("reports", "written") for path in sorted((folder / name).rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in there}


@pytest.fixture(scope="module")
def secrets(tmp_path_factory) -> list[bytes]:
    """The planted names, those of this computer, and the folders of this run and of the project."""
    names = [
        "planted",
        tmp_path_factory.getbasetemp().name,
        str(ROOT),
        sys.prefix,
        socket.gethostname(),
        "HeadlessChrom",
    ]
    user = getpass.getuser()
    return [name.encode() for name in [*names, f"/{user}/", f"home/{user}"] if len(name) > 4]


def unpacked(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Give a file as it is, and what is packed in it, at any depth."""
    yield name, content
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for part in package.infolist():
                yield from unpacked(f"{name}: {part.filename}", package.read(part))
    elif content.startswith(b"%PDF"):
        for number, stream in enumerate(STREAM.findall(content)):
            yield f"{name}: stream {number}", zlib.decompressobj().decompress(stream) if stream[:1] == b"x" else stream


def told(files: Mapping[str, bytes], secrets: list[bytes]) -> list[str]:
    """Where a secret can be read, as it is or in two bytes a letter."""
    parts = (part for name, content in files.items() for part in unpacked(name, content))
    return [
        f"{name}: {secret.decode()}"
        for name, content in parts
        for secret in secrets
        if secret in content or secret.decode().encode("utf-16-be") in content
    ]


def test_no_byte_of_what_is_passed_on_names_a_user_a_computer_or_a_folder(left, secrets):
    assert {Path(name).suffix for name in left} >= {
        ".html",
        ".ipynb",
        ".pdf",
        ".pptx",
        ".xlsx",
        ".csv",
        ".png",
        ".svg",
        ".json",
    }
    assert told(left, secrets) == []


@pytest.mark.parametrize("name", ["a.txt", "a.zip", "a.pdf"])
def test_a_secret_is_read_wherever_it_is_packed(name):
    secret, buffer = b"planted-user", io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("docProps/core.xml", secret * 9)
    packed = {
        "a.txt": secret.decode().encode("utf-16-be"),
        "a.zip": buffer.getvalue(),
        "a.pdf": b"%PDF-1.4\nstream\n" + zlib.compress(secret * 9) + b"\nendstream",
    }
    assert told({name: packed[name]}, [secret]) != []


def test_a_report_says_no_more_of_its_workbook_than_the_name(left):
    notebooks = {name: content.decode() for name, content in left.items() if name.endswith(".ipynb")}
    assert len(notebooks) == 6
    for text in notebooks.values():
        assert 'workbook = \\"2010-Q2.xlsx\\"' in text or 'data = \\"2010-Q2.xlsx\\"' in text
    assert b'"workbook": "2010-Q2.xlsx"' in left["reports/2010-Q2/provenance.json"]


def test_a_notebook_keeps_nothing_that_a_cell_wrote_to_stderr(left):
    notebooks = [content for name, content in left.items() if name.endswith(".ipynb")]
    assert not [content for content in notebooks if b'"stderr"' in content]


def test_the_print_has_no_clock_no_browser_and_no_system(left):
    pdf = left["reports/2010-Q2/report.pdf"]
    assert not re.search(rb"/(CreationDate|ModDate|Producer|Creator)\b", pdf)
    assert b"/Title" in pdf


def test_two_reports_of_one_workbook_are_the_same_byte_by_byte_wherever_they_lie(built, left):
    """The one made of the tests' own workbook, and the other of a copy, by another user, elsewhere and later."""
    first = {path.relative_to(built).as_posix(): path.read_bytes() for path in built.rglob("*") if path.is_file()}
    again = {name.removeprefix("reports/2010-Q2/"): left[name] for name in left if name.startswith("reports/")}
    assert sorted(first) == sorted(again)
    assert [name for name in first if first[name] != again[name]] == []
