"""What could bring a machine down is read in a process of its own: it ends in one line, with little memory."""

import json
import os
import random
import re
import struct
import subprocess
import sys
import zipfile
import zlib

import pytest
from extent import proof
from planting import FIXTURES, SHEET, change, pack, parts_of, without_declaration
from workbooks import ROOT, WORKBOOK

GIBIBYTE = 1 << 30
CLOSE = b"</sheetData>"

WORKER = """
import json, pathlib, re, resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]),) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))  # of work, not of waiting: whoever needs more dies of it
from ccpcr_lib.excel.reader import read_workbook
from ccpcr_lib.model.errors import CannotReadError
for name in sys.argv[2:]:
    path = pathlib.Path(name)
    try:
        outcome = {"counts": len(read_workbook(path).counts)}
    except CannotReadError as error:
        outcome = {"refused": str(error)}
    except BaseException as error:
        outcome = {"raised": repr(error)}
    peak = re.search(r"VmHWM:\\s*(\\d+)", pathlib.Path("/proc/self/status").read_text())
    used = int(peak[1]) * 1024  # of this process alone: what getrusage says begins with its parent's
    outcome |= {"file": path.name, "bytes": used}
    print(json.dumps(outcome), flush=True)
"""


def read_apart(paths, space=3 * GIBIBYTE // 2):
    """Read files in a process of its own, which may die of them or for want of space; give file name → outcome."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", WORKER, str(space), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, env=environment, check=False)
    outcomes = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, f"died after {outcomes[-1:]}: {done.stderr[-500:]}"
    return {outcome["file"]: outcome for outcome in outcomes}


def repeated_deflate(head, unit, times, tail):
    """Pack head, a unit many times, and tail, without ever holding all of it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    start = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    middle = packer.compress(unit) + packer.flush(zlib.Z_FULL_FLUSH)
    return start + middle * times + packer.compress(tail) + packer.flush()


def zip_raw(path, parts, packed, size, crc, name):
    """Write an archive in which one part is packed data under a size and checksum of one's choice."""
    pack(path, {known: content for known, content in parts.items() if known != name} | {name: b"-"})
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        entry, directory = archive.getinfo(name), archive.start_dir
    central = data[directory : data.rindex(b"PK\x05\x06")]
    place = central.rindex(name.encode()) - 46
    struct.pack_into("<HHIII", central, place + 8, 0, 8, 0, crc, len(packed))
    struct.pack_into("<I", central, place + 24, size)
    local = bytearray(data[entry.header_offset : entry.header_offset + 30]) + name.encode()
    struct.pack_into("<HHIIII", local, 6, 0, 8, 0, crc, len(packed), size)
    body = data[: entry.header_offset] + local + packed
    end = data[data.rindex(b"PK\x05\x06") :]
    struct.pack_into("<I", end, 16, len(body))
    path.write_bytes(body + central + end)
    return path


def bomb(folder, name, part, *, lie):
    parts = parts_of()
    content = parts[part]
    cut = content.rindex(b"</")
    packed = repeated_deflate(content[:cut], b" " * (1 << 24), 192, content[cut:])
    size = len(content) if lie else cut + (192 << 24) + len(content) - cut
    seen = (content[:cut] + b" " * len(content))[: len(content)]
    return zip_raw(folder / name, parts, packed, size, zlib.crc32(seen), part)


def put(folder, name, xml):
    return change(folder, SHEET, lambda part: part.replace(CLOSE, xml + CLOSE), name)


def merge(folder, name, area):
    return change(
        folder,
        SHEET,
        lambda part: re.sub(rb'<mergeCell ref="[^"]*"', b'<mergeCell ref="%s"' % area, part, count=1),
        name,
    )


def entities(folder, name, part):
    chain = b"".join(b'<!ENTITY e%d "%s">' % (level, b"&e%d;" % (level - 1) * 20) for level in range(1, 10))
    head = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "' + b"a" * 1000 + b'">' + chain + b"]>"
    return change(folder, part, lambda xml: head + without_declaration(xml), name)


def spread(folder, name, rows, columns):
    """An OpenDocument sheet with one cell that stands for many."""
    parts = parts_of(FIXTURES / "errors.ods")
    cell = f'<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="{columns}"/>'
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row></table:table>'
    return pack(
        folder / name, {**parts, "content.xml": parts["content.xml"].replace(b"</table:table>", row.encode(), 1)}
    )


def far_in_binary(folder, name):
    """An old workbook in which one number claims to stand in the last row and column."""
    data = bytearray((FIXTURES / "errors.xls").read_bytes())
    place = next(found.start() for found in re.finditer(rb"\x03\x02\x0e\x00|\x7e\x02\x0a\x00", bytes(data)))
    struct.pack_into("<HH", data, place + 4, 65535, 16383)
    (folder / name).write_bytes(data)
    return folder / name


@pytest.fixture(scope="module")
def dangerous(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dangerous")
    paths = [
        put(folder, "last cell.xlsx", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        put(folder, "last cell, line break.xlsx", b'<row r="1048576"><c\nr="XFD1048576"><v>1</v></c></row>'),
        put(folder, "last cell, lower case.xlsx", b'<row r="1048576"><c r="xfd1048576"><v>1</v></c></row>'),
        put(
            folder,
            "last cell, prefix.xlsx",
            b'<row r="1048576"><x:c xmlns:x="urn:x" r="XFD1048576"><x:v>1</x:v></x:c></row>',
        ),
        put(folder, "no column.xlsx", b'<row r="99"><c r="99"><v>1</v></c></row>'),
        put(folder, "beyond columns.xlsx", b'<row r="99"><c r="ZZZZZZZ9"><v>1</v></c></row>'),
        put(folder, "beyond rows.xlsx", b'<row r="99"><c r="A99999999999999"><v>1</v></c></row>'),
        put(folder, "last row, no address.xlsx", b'<row r="1048576"><c><v>1</v></c></row>'),
        put(folder, "far row.xlsx", b'<row r="900000"><c r="A900000"><v>1</v></c></row>'),
        put(folder, "row nought.xlsx", b'<row r="0"><c r="A0"><v>1</v></c></row>'),
        merge(folder, "merged to the end.xlsx", b"A1:XFD1048576"),
        merge(folder, "merged backwards.xlsx", b"XFD1048576:A1"),
        entities(folder, "entities.xlsx", "xl/workbook.xml"),
        entities(folder, "entities in a sheet.xlsx", SHEET),
        entities(folder, "entities in relations.xlsx", "xl/_rels/workbook.xml.rels"),
        bomb(folder, "bomb.xlsx", SHEET, lie=False),
        bomb(folder, "lying bomb.xlsx", SHEET, lie=True),
        bomb(folder, "lying bomb of relations.xlsx", "xl/_rels/workbook.xml.rels", lie=True),
        bomb(folder, "lying bomb of styles.xlsx", "xl/styles.xml", lie=True),
        spread(folder, "spread.ods", 1_000_000, 16_000),
        spread(folder, "spread without end.ods", 10**30, 10**30),
        far_in_binary(folder, "far.xls"),
    ]
    return read_apart(paths)


READABLE = {"merged to the end.xlsx", "merged backwards.xlsx"}


def test_no_dangerous_file_kills_the_process_or_raises_anything_else(dangerous):
    assert len(dangerous) == 22
    assert [outcome for outcome in dangerous.values() if "raised" in outcome] == []


def test_every_dangerous_file_is_refused_in_one_line_that_names_it(dangerous):
    for name, outcome in dangerous.items():
        if name not in READABLE:
            assert outcome.get("refused", "").startswith(f"{name}: "), outcome
            assert "\n" not in outcome["refused"]


def test_dangerous_files_take_little_memory(dangerous):
    assert max(outcome["bytes"] for outcome in dangerous.values()) < GIBIBYTE


def test_the_refusal_of_a_far_cell_says_where_it_is(dangerous):
    assert "“Slide 6” reaches as far as XFD1048576" in dangerous["last cell.xlsx"]["refused"]
    assert "unpacks to more than 60 MB" in dangerous["bomb.xlsx"]["refused"]


@proof("seed", range(40), sample=3)
def test_flipped_bytes_end_in_a_reading_or_one_line(tmp_path, seed):
    draw, parts, data = random.Random(seed), parts_of(), WORKBOOK.read_bytes()
    paths = []
    for number in range(20):
        name = draw.choice(
            [SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet7.xml"]
        )
        paths.append(pack(tmp_path / f"part{number}.xlsx", {**parts, name: flipped(parts[name], draw)}))
        (tmp_path / f"file{number}.xlsx").write_bytes(flipped(data, draw))
        (tmp_path / f"old{number}.xls").write_bytes(flipped((FIXTURES / "errors.xls").read_bytes(), draw))
        paths += [tmp_path / f"file{number}.xlsx", tmp_path / f"old{number}.xls"]
    # Of an old workbook that claims to be large much may be reserved, though little of it is used.
    outcomes = read_apart(paths, space=16 * GIBIBYTE)
    assert len(outcomes) == 60
    assert max(outcome["bytes"] for outcome in outcomes.values()) < GIBIBYTE
    assert [outcome for outcome in outcomes.values() if "raised" in outcome] == []
    assert all(outcome["refused"].startswith(f"{name}: ") for name, outcome in outcomes.items() if "refused" in outcome)


def flipped(content, draw):
    changed = bytearray(content)
    for _ in range(draw.choice((1, 3, 30))):
        changed[draw.randrange(len(changed))] = draw.randrange(256)
    return bytes(changed)
