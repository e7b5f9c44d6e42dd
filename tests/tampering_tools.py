"""What somebody can do to a report that is finished, by hand: each kind, with and without mending the fingerprints.

The kinds stand in `tampered_pages`, `tampered_office`, `tampered_files` and `tampered_glance`;
`tampering` has them all.

Nothing here knows the library: a report's files are opened as anybody can open them.
"""

import hashlib
import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

Tampering = Callable[[Path], None]
KINDS: dict[str, Tampering] = {}


def kind(name: str) -> Callable[[Tampering], Tampering]:
    """List a kind of tampering by its name."""

    def listed(tampering: Tampering) -> Tampering:
        KINDS[name] = tampering
        return tampering

    return listed


def tamper(report: Path, name: str, *, mended: bool) -> None:
    """Do something to a report, and take the fingerprints of its files anew, if they are to be mended."""
    KINDS[name](report)
    if mended and not name.startswith("provenance"):
        known = provenance(report)
        files = sorted(path for path in report.rglob("*") if path.is_file() and path.name != "provenance.json")
        known["files"] = {
            path.relative_to(report).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
        }
        write_provenance(report, known)


def provenance(report: Path) -> dict:
    return json.loads((report / "provenance.json").read_text(encoding="utf-8"))


def write_provenance(report: Path, known: dict) -> None:
    (report / "provenance.json").write_text(json.dumps(known, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def first(report: Path, pattern: str) -> Path:
    return sorted(report.glob(pattern))[0]


def edit(path: Path, pattern: str, new: str | Callable[[re.Match], str], *, which: int = 0) -> None:
    """Write something else in one place of a text file; fail where there is no such place."""
    content = path.read_bytes().decode("utf-8")
    path.write_bytes(edited(content, pattern, new, which).encode())


def edited(content: str, pattern: str, new: str | Callable[[re.Match], str], which: int = 0) -> str:
    places = list(re.finditer(pattern, content, re.DOTALL))
    place = places[which]
    return content[: place.start()] + (new if isinstance(new, str) else new(place)) + content[place.end() :]


def in_package(
    path: Path, part: str, pattern: str, new: str | Callable[[re.Match], str], *, within: str | None = None
) -> None:
    """Edit the first part of an Office file, by a pattern of its name, that has such a place; or one packed in it."""
    path.write_bytes(repacked(path.read_bytes(), part, pattern, new, within))


def repacked(
    package: bytes, part: str, pattern: str, new: str | Callable[[re.Match], str], within: str | None = None
) -> bytes:
    buffer, done = io.BytesIO(), False
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as other:
        for name in old.namelist():
            content = old.read(name)
            if not done and re.fullmatch(part, name):
                if within:
                    content, done = repacked(content, within, pattern, new), True
                elif re.search(pattern, content.decode(), re.DOTALL):
                    content, done = edited(content.decode(), pattern, new).encode(), True
            other.writestr(name, content)
    assert done, (part, pattern)
    return buffer.getvalue()


def one_more(place: re.Match) -> str:
    """Write the number in the middle one larger."""
    return f"{place[1]}{int(place[2]) + 1}{place[3]}"


def picture(width: int = 400, height: int = 225) -> bytes:
    """Draw a picture that is all grey."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    dots = zlib.compress((b"\0" + b"\x80\x80\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", dots) + chunk(b"IEND", b"")


def notebook(report: Path, change: Callable[[dict], None], which: str = "1_*.ipynb") -> None:
    """Change a notebook: that of the referrals, or another by a pattern of its name."""
    path = first(report, f"notebooks/{which}")
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def cell(content: dict, kind: str, word: str = "") -> dict:
    """Give the first cell of a kind that says a word."""
    return next(one for one in content["cells"] if one["cell_type"] == kind and word in json.dumps(one["source"]))


def output(content: dict, kind: str, word: str = "") -> dict:
    """Give the data of the first output that has something of a kind."""
    shown = (one.get("data", {}) for each in content["cells"] for one in each.get("outputs", []))
    return next(data for data in shown if word in json.dumps(data.get(kind, "")) and kind in data)
