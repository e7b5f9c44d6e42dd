"""A quarter whose every count is a multiple of one prime, a door that masks them all, and a search for what leaks.

So are all sums, differences and medians of such counts multiples of it, and hardly any number that is none of them.
"""

import re
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import openpyxl

from ccpcr_lib.analysis.report import Report
from ccpcr_lib.excel.reader import Reading, read_workbook
from ccpcr_lib.quality.check import check_reading

PRIME = 10007
_COUNT = re.compile(r"\d+(?![\d.]*\s*%)(?!\d)")
_NUMBER = re.compile(r"(?<![0-9.])[0-9]{5,}(?![0-9])")
_NO_TEXT = re.compile(r"\b[0-9a-f]{64}\b|#[0-9a-fA-F]{6}\b|\"id\": \"[^\"]*\"")
_BETWEEN_THOUSANDS = re.compile(r"(?<=\d)[,\u00a0\u202f](?=\d{3})")
_PICTURE = re.compile(r"data:[a-z/+-]+;base64,[A-Za-z0-9+/=]+|\"image/png\": \"[^\"]*\"")
_SHOWN = ("descr", "title", "name", "formatCode")
_PLACES = ("colOff", "rowOff")
KHMER_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")


# --- the quarter, and what a masking door gives of it ---


def times_prime(workbook: Path, out: Path) -> Path:
    """Copy a workbook with every count, and every total and note about counts, as many times the prime."""
    reading, book = read_workbook(workbook), openpyxl.load_workbook(workbook)
    claims = (claim.source for claim in reading.claims if claim.kind != "plan")
    for source in {count.source for count in reading.base} | set(claims):
        sheet, _, address = source.rpartition("!")
        cell = book[sheet][address]
        cell.value = _times(cell.value, is_share="%" in cell.number_format)
    book.save(out)
    return out


def _times(content: object, *, is_share: bool) -> object:
    if isinstance(content, str):
        return _COUNT.sub(lambda number: str(int(number[0]) * PRIME), content)
    return content * PRIME if isinstance(content, int | float) and not is_share else content


def masked(report: Report) -> Report:
    """Give a report that says nothing of the counts it had: each of them is a small one now, checked anew."""
    reading, others = _mask(report.reading), tuple(map(_mask, report.others))
    return Report(reading, check_reading(reading, others), others)


def _mask(reading: Reading) -> Reading:
    base = (replace(count, value=None if count.value is None else _small(count.value)) for count in reading.base)
    claims = (replace(claim, value=_of_claim(claim.value), text=_text(claim.text)) for claim in reading.claims)
    return replace(reading, base=tuple(base), claims=tuple(claims))


def _small(number: int) -> int:
    return number // PRIME % 7


def _of_claim(value: float) -> float:
    return float(_small(int(value))) if value >= PRIME else value


def _text(text: str) -> str:
    return _COUNT.sub(lambda number: str(_small(int(number[0]))) if int(number[0]) >= PRIME else number[0], text)


def use_masked_door(folder: Path) -> Path:
    """Write what every Python that has the folder on its path does first: put the masking door in."""
    lines = (
        "import sys",
        f"sys.path.insert(0, {str(Path(__file__).parent)!r})",
        "from ccpcr_lib.publish import release",
        "from masking import masked",
        "release.let_out = masked",
    )
    (folder / "sitecustomize.py").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


# --- what leaks ---


def leaks(artefacts: Mapping[str, bytes]) -> dict[str, list[int]]:
    """Name the files in which a multiple of the prime can be read, with the multiples."""
    found = {name: sorted(set(_multiples(_said(name, content)))) for name, content in artefacts.items()}
    return {name: numbers for name, numbers in found.items() if numbers}


def _multiples(texts: Iterator[str]) -> Iterator[int]:
    for text in texts:
        digits = _BETWEEN_THOUSANDS.sub("", _NO_TEXT.sub("", text).translate(KHMER_DIGITS))
        yield from (int(number) for number in _NUMBER.findall(digits) if int(number) % PRIME == 0)


def _said(name: str, content: bytes) -> Iterator[str]:
    """Give every text that a file shows or carries: Office files with their charts, notes and workbooks inside."""
    ending = name.rpartition(".")[2]
    if ending in ("pptx", "xlsx"):
        with zipfile.ZipFile(BytesIO(content)) as package:
            for part in package.namelist():
                yield from _said(part, package.read(part))
    elif ending in ("xml", "rels"):
        yield from _said_in_xml(content)
    elif ending == "pdf":
        yield subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True).stdout.decode()
    elif ending not in ("png", "jpeg", "jpg", "gif", "bin"):
        yield _PICTURE.sub("", content.decode("utf-8"))


def _said_in_xml(content: bytes) -> Iterator[str]:
    for element in ElementTree.fromstring(content).iter():
        if not element.tag.endswith(_PLACES):
            yield element.text or ""
        yield element.tail or ""
        yield from (value for key, value in element.attrib.items() if key in _SHOWN)
