"""A run's own place: the old report or the new one stands whole, and nothing else is left."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from ccpcr_lib import CannotReadError
from ccpcr_lib.publish import files
from ccpcr_lib.publish.files import write_whole
from ccpcr_lib.publish.workshop import Workshop, only_one, open_workshop

OLD, NEW = "old", "new"


@pytest.fixture
def out(tmp_path) -> Path:
    """A folder with an older report of the quarter."""
    (tmp_path / "2010-Q2").mkdir()
    (tmp_path / "2010-Q2" / "deck.pptx").write_text(OLD, encoding="utf-8")
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def filled(shop: Workshop) -> Workshop:
    (shop.made / "deck.pptx").write_text(NEW, encoding="utf-8")
    return shop


def stands(out: Path) -> str:
    """Hold that one whole report is there and nothing else; give which."""
    assert names(out) == ["2010-Q2", "2010-Q2/deck.pptx"]
    return (out / "2010-Q2" / "deck.pptx").read_text(encoding="utf-8")


def refuse(monkeypatch: pytest.MonkeyPatch, *refused: Callable[[Path], bool]) -> None:
    """Let the system refuse the first move of what each of these knows, as Windows does where a file is open."""
    rename, waiting = Path.rename, list(refused)

    def refusing(path: Path, to: Path) -> Path:
        if waiting and waiting[0](path):
            waiting.pop(0)
            raise PermissionError(13, "Permission denied", str(path))
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", refusing)


def is_target(path: Path) -> bool:
    return path.name == "2010-Q2" and path.parent.name != "older"


def is_new(path: Path) -> bool:
    return path.name == "report"


def is_older(path: Path) -> bool:
    return path.parent.name == "older"


# --- putting it in its place ---


def test_a_report_takes_the_place_of_an_older_one_and_nothing_else_is_left(out):
    with open_workshop(out) as shop:
        assert filled(shop).put("2010-Q2") == out / "2010-Q2"
    assert stands(out) == NEW


@pytest.mark.parametrize("refused", [is_target, is_new])
def test_the_older_report_stays_where_it_cannot_be_replaced(out, monkeypatch, refused):
    refuse(monkeypatch, refused)
    with pytest.raises(CannotReadError) as told, open_workshop(out) as shop:
        filled(shop).put("2010-Q2")
    assert str(told.value) == (
        f"{out / '2010-Q2'}: this report could not be replaced: Permission denied. "
        "Close what is open from this folder and make the report again; the earlier one is still there."
    )
    assert stands(out) == OLD


def test_the_file_that_is_open_is_named(out, monkeypatch):
    owner = out / "2010-Q2" / "~$deck.pptx"
    owner.write_text("", encoding="utf-8")
    refuse(monkeypatch, is_target)
    with pytest.raises(CannotReadError) as told, open_workshop(out) as shop:
        filled(shop).put("2010-Q2")
    assert "because deck.pptx is open in another program. Close it and make" in str(told.value)
    owner.unlink()
    assert stands(out) == OLD


def test_a_report_that_can_be_put_back_only_later_is_named_and_put_back_by_the_next_run(out, monkeypatch):
    refuse(monkeypatch, is_new, is_older, is_older)
    with (
        pytest.raises(CannotReadError, match=r"the earlier one lies in .*older.2010-Q2 now\."),
        open_workshop(out) as shop,
    ):
        filled(shop).put("2010-Q2")
    assert not (out / "2010-Q2").exists()
    with open_workshop(out):
        assert (out / "2010-Q2" / "deck.pptx").read_text(encoding="utf-8") == OLD
    assert stands(out) == OLD


@pytest.mark.parametrize("stop", [KeyboardInterrupt, RuntimeError, SystemExit])
def test_whatever_stops_a_run_nothing_is_left_of_it(out, stop):
    def work() -> None:
        with open_workshop(out) as shop:
            filled(shop)
            raise stop

    with pytest.raises(stop):
        work()
    assert stands(out) == OLD


def test_a_folder_that_was_made_for_nothing_is_taken_away(tmp_path):
    with open_workshop(tmp_path / "a" / "b"):
        assert (tmp_path / "a" / "b").is_dir()
    assert names(tmp_path) == []


def test_where_nothing_can_be_written_one_line_says_so(tmp_path):
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    told = r"the report cannot be written here\. Choose another"
    with pytest.raises(CannotReadError, match=told), open_workshop(tmp_path / "taken" / "reports"):
        pass


# --- one after the other ---


def test_a_second_report_of_the_quarter_is_refused_meanwhile_and_another_quarter_is_not(out):
    busy = r"the report of 2010-Q2 is being made already\. Wait until it is ready\."
    with (
        only_one(out, "2010-Q2"),
        only_one(out, "2010-Q3"),
        pytest.raises(CannotReadError, match=busy),
        only_one(out, "2010-Q2"),
    ):
        pass
    with only_one(out, "2010-Q2"):
        pass
    assert stands(out) == OLD


def test_what_a_killed_run_left_is_cleared_and_what_is_in_use_is_not(out):
    for name in ("dead", "locked-once"):
        (out / f".ccpcr-{name}" / "temporary").mkdir(parents=True)
    (out / ".ccpcr-locked-once.lock").touch()
    (out / ".ccpcr-2010-Q4.lock").touch()
    (out / ".ccpcr-alive").mkdir()
    with FileLock(out / ".ccpcr-alive.lock"), open_workshop(out) as shop:
        assert {path.name for path in out.glob(".ccpcr-*")} == {
            ".ccpcr-alive",
            ".ccpcr-alive.lock",
            shop.place.name,
            f"{shop.place.name}.lock",
        }
    with open_workshop(out):
        pass
    assert stands(out) == OLD


@pytest.mark.parametrize("is_there", [True, False])
def test_a_run_killed_between_two_moves_loses_no_report(out, is_there):
    """Killed before the new report stood, the older one is put back; killed afterwards, the new one stays."""
    older = out / ".ccpcr-dead" / "older"
    older.mkdir(parents=True)
    (out / "2010-Q2").rename(older / "2010-Q2")
    if is_there:
        (out / "2010-Q2").mkdir()
        (out / "2010-Q2" / "deck.pptx").write_text(NEW, encoding="utf-8")
    with open_workshop(out):
        pass
    assert stands(out) == (NEW if is_there else OLD)


def test_everything_temporary_lies_in_the_place_of_the_run(out):
    before = os.environ.get("TMPDIR"), tempfile.gettempdir()
    with open_workshop(out) as shop:
        assert Path(tempfile.gettempdir()).is_relative_to(shop.place)
        assert Path(os.environ["TMPDIR"]).is_relative_to(shop.place)
    assert (os.environ.get("TMPDIR"), tempfile.gettempdir()) == before


# --- single files ---


def test_an_unfinished_file_of_a_killed_program_is_cleared_by_the_next_one_that_writes_it(tmp_path):
    for name in (".counts.csv.0a1b2c3d.part", ".counts.xlsx.0a1b2c3d.part"):
        (tmp_path / name).write_text("half of", encoding="utf-8")
    write_whole(tmp_path / "counts.csv", "whole")
    assert names(tmp_path) == [".counts.xlsx.0a1b2c3d.part", "counts.csv"]


def test_a_file_that_another_program_is_writing_is_left_to_it(tmp_path):
    unfinished = tmp_path / ".counts.csv.0a1b2c3d.part"
    with unfinished.open("wb") as held:
        files._hold(held.fileno())
        write_whole(tmp_path / "counts.csv", "whole")
        assert unfinished.exists()


def test_a_full_disk_names_the_real_file_and_leaves_the_older_one(tmp_path, monkeypatch):
    path = tmp_path / "counts.csv"
    path.write_text(OLD, encoding="utf-8")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "_hold", full)
    with pytest.raises(OSError, match="No space left on device") as told:
        write_whole(path, NEW)
    assert told.value.filename == str(path)
    assert (names(tmp_path), path.read_text(encoding="utf-8")) == (["counts.csv"], OLD)
