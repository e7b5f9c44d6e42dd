"""A quarter's workbook → the folder of its report, whole or not at all.

`reports/2010-Q2/` has index.html, one page for each notebook, charts for slides, the tidy counts, the
executed notebooks to check it all by, and provenance.json, which says what it was made of.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat

from ..analysis.report import Report
from ..excel.reader import SYNTHETIC
from ..model.finding import CannotReadError
from .files import write_counts, write_whole
from .notebooks import Executed, execute_all, for_report, notebook_paths
from .provenance import FILE, provenance_of, write
from .release import Release


@dataclass(frozen=True)
class Options:
    """How to build a report: where, in which language, and whether each notebook gets a kernel of its own."""

    out: Path
    language: str = "en"
    fresh_kernels: bool = False


def build_report(
    report: Report, options: Options, *, version: str, step: Callable[[str], None] = lambda name: None
) -> Path:
    """Build a report's folder and give its path. `step` is told the name of each part as it is done.

    An older report of the same quarter is replaced once the new one is complete.
    Raise NotebookError where a notebook fails, CannotReadError where the folder cannot be written.
    """
    release = Release(report, options.language)
    with _whole_folder(options.out / report.period) as folder:
        parameters = {"workbook": report.reading.path, "language": options.language, "period": report.period}
        notebooks = {path.stem: for_report(path, **parameters) for path in notebook_paths()}
        chapters = dict.fromkeys(notebooks, "")

        def finished(executed: Executed) -> None:
            chapters[executed.name] = _write_chapter(folder, executed, release)
            step(executed.name)

        execute_all(notebooks, charts=folder / "charts", fresh=options.fresh_kernels, finished=finished)
        write_counts(report.counts, folder / (f"counts-{SYNTHETIC}.csv" if release.banner else "counts.csv"))
        _write_index(folder, release, chapters, version)
        known = provenance_of(report, folder, place=options.out / report.period, language=options.language)
        write_whole(folder / FILE, write(known))
    return options.out / report.period


def _write_chapter(folder: Path, executed: Executed, release: Release) -> str:
    from .pages import heading, notebook_page

    write_whole(folder / f"{executed.name}.html", notebook_page(executed.notebook, release))
    write_whole(folder / "notebooks" / f"{executed.name}.ipynb", nbformat.writes(executed.notebook) + "\n")
    return heading(executed.notebook)


def _write_index(folder: Path, release: Release, chapters: dict[str, str], version: str) -> None:
    from .pages import index_page, provenance

    files = sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in (".csv", ".png", ".ipynb")
    )
    pages = {f"{name}.html": title for name, title in chapters.items()}
    parameters = {"workbook": release.report.workbook, "language": release.language}
    facts = provenance(release.report, version, parameters)
    write_whole(folder / "index.html", index_page(release, pages, [*files, FILE], facts))


@contextmanager
def _whole_folder(target: Path) -> Iterator[Path]:
    """Fill a folder beside its place, then put it there; on failure nothing is left and nothing is lost."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    except OSError as error:
        raise CannotReadError(
            f"{target.parent}: the report cannot be written here. Choose another folder with --out."
        ) from error
    try:
        beside.chmod(0o755)
        yield beside
        old = Path(f"{beside}.old")
        if target.exists():
            target.rename(old)
        beside.rename(target)
        shutil.rmtree(old, ignore_errors=True)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
