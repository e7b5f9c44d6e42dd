"""A quarter's workbook → the folder of its report, whole or not at all.

`reports/2010-Q2/` has index.html, one page for each notebook, the slide deck, the hand-out workbook, all of it as one
PDF, charts for slides, the tidy counts, the executed notebooks to check it all by, and provenance.json, which says what
it was made of.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import nbformat

from ..excel.reader import SYNTHETIC
from ..model.errors import CannotReadError
from ..words import say
from .files import fill_in, write_whole
from .letters import missing_letters
from .pages.html import Chapter, Contents, chapter_of, index_page, notebook_page, one_page, origin_of
from .pages.notebooks import Executed, execute_all, for_report, notebook_paths
from .pages.paper import find_browser, joined, print_pdf, with_drawings
from .pages.work import Places
from .pages.workers import Worker, open_workers
from .photographs import left_out
from .proof.provenance import FILE, options_of, provenance_of, write
from .release import Release
from .unsettled import refuse_unsettled
from .workshop import Workshop

OFFICE = Path(__file__).with_name("office.ipy")
"""Makes, in a program that runs cells, what a report has for other programs."""
PRINT, ONE_PAGE = "report.pdf", "one-page.pdf"
GLANCE = "0_at_a_glance"
"""The notebook whose page is the first screen of the report, and the first page of its print."""
LISTED = (".pptx", ".xlsx", ".pdf", ".csv", ".png", ".ipynb")
"""What the first page links to, in this order."""


@dataclass(frozen=True)
class Options:
    """How to build a report: in which programs that run cells, or each notebook in a kernel of its own.

    `template` is a presentation whose master the deck takes; a `final` deck has no working slide. It is `printed` where
    a browser is found; a report that is made again is printed if the other one was. `corrected` names the figures that
    the last report of the quarter had otherwise.
    """

    fresh_kernels: bool = False
    template: Path | None = None
    final: bool = False
    printed: bool | None = None
    corrected: tuple[str, ...] = ()
    workers: Sequence[Worker] = ()


@dataclass(frozen=True)
class Listener:
    """Who hears of the work: `step` the name of each part as it is done, `warn` what could not be made, in a line."""

    step: Callable[[str], None] = lambda name: None
    warn: Callable[[str], None] = lambda line: None


def build_report(
    release: Release, shop: Workshop, options: Options, *, version: str, listener: Listener = Listener()
) -> None:
    """Build a report's folder in a run's own place.

    Deck and hand-out are made while the pages are printed. Raise NotebookError where a notebook fails, CannotReadError
    where a template cannot be read, UnsettledError where a final deck cannot be made yet. The listener is warned,
    before any work, of photographs that cannot be read and of words that charts cannot show.
    """
    if options.final:
        refuse_unsettled(release)
    for line in (*left_out(release.photographs), *missing_letters(release)):
        listener.warn(line)
    folder = shop.made
    with _workers(options) as workers:
        office = partial(_make, workers[0], _about(folder, release, options))
        if options.template:
            office("check_template")
        chapters = _run_notebooks(folder, release, workers, fresh=options.fresh_kernels, step=listener.step)
        with ThreadPoolExecutor(1) as beside:
            made = beside.submit(office, "write_office")
            pages = {f"{name}.html": chapter for name, chapter in chapters.items()}
            contents = Contents(pages, facts=origin_of(release, version), corrected=options.corrected)
            writer = _write_pages(folder, release, contents, printed=options.printed, warn=listener.warn)
            made.result()
        listener.step("report")
        made_with = options_of(
            options.template,
            final=options.final,
            fresh_kernels=options.fresh_kernels,
            corrected=options.corrected,
        )
        write_whole(folder / FILE, write(provenance_of(release, folder, made_with, writer)))


@contextmanager
def _workers(options: Options) -> Iterator[Sequence[Worker]]:
    """Give the programs that run cells; where notebooks have kernels, one that makes what is no notebook."""
    if options.workers:
        yield options.workers
    else:
        with open_workers(1 if options.fresh_kernels else None) as own:
            yield own


def _about(folder: Path, release: Release, options: Options) -> dict[str, object]:
    """Say what deck, hand-out and counts are made of, and where they belong: `office.Office`, in plain words."""
    files = zip(("deck", "tables", "counts"), _office_names(release), strict=True)
    named = release.path.parent if release.is_longer else release.path
    return {
        "workbook": str(named.absolute()),
        "period": release.period,
        "language": release.language,
        "template": str(options.template.absolute()) if options.template else None,
        "final": options.final,
        "corrected": options.corrected,
        **{name: str((folder / file).resolve()) for name, file in files},
    }


def _make(worker: Worker, about: Mapping[str, object], what: str) -> None:
    """Have a function of `office` run; raise CannotReadError and OSError as it does."""
    answer = worker.answer(fill_in(OFFICE, what=what, about=repr(about)), Path(str(about["deck"])).name)
    if answer["error"]:
        error, message, of_file = answer["error"]
        if of_file:
            raise OSError(*of_file)
        raise CannotReadError(message) if error == CannotReadError.__name__ else RuntimeError(f"{error}: {message}")


def named_inside(release: Release) -> str:
    """Name what is opened where the workbooks lie: one of them, or a half-year or year with the folder around it."""
    return f"../{release.path.parent.name}/{release.period}" if release.is_longer else release.path.name


def _run_notebooks(
    folder: Path, release: Release, workers: Sequence[Worker], *, fresh: bool, step: Callable[[str], None]
) -> dict[str, Chapter]:
    """Run the notebooks, and write the page of each while others run; give what each page is called and shows."""
    about = {"workbook": named_inside(release), "language": release.language, "period": release.period}
    notebooks = {path.stem: for_report(path, **about) for path in notebook_paths()}
    pages: dict[str, Future[Chapter]] = {}
    with ThreadPoolExecutor(1) as beside:

        def finished(executed: Executed) -> None:
            pages[executed.name] = beside.submit(_write_chapter, folder, executed, release)
            step(executed.name)

        places = Places(release.path.absolute().parent, folder / "charts")
        execute_all(notebooks, places, workers=workers, fresh=fresh, finished=finished)
        return {name: pages[name].result() for name in notebooks}


def _write_pages(
    folder: Path, release: Release, contents: Contents, *, printed: bool | None, warn: Callable[[str], None]
) -> str:
    """Write the first page, print everything, and write the first page again with what was printed in it.

    Give what has written the print; nothing where none was made.
    """
    _write_index(folder, release, contents)
    if printed is False:
        return ""
    writer = _write_paper(folder, release, contents, warn)
    _write_index(folder, release, contents, is_printed=bool(printed))
    return writer


def _named(release: Release, name: str) -> str:
    """Name a file; a name says too that its data are made up, if they are."""
    stem, _, ending = name.rpartition(".")
    return f"{stem}-{SYNTHETIC}.{ending}" if release.banner else name


def _office_names(release: Release) -> tuple[str, str, str]:
    return _named(release, "deck.pptx"), _named(release, "tables.xlsx"), _named(release, "counts.csv")


def _write_paper(folder: Path, release: Release, contents: Contents, warn: Callable[[str], None]) -> str:
    """Print the whole report, and its first page alone, or pass on how to get it printed; give what has written it."""
    browser = find_browser()
    if browser is None:
        warn(say("pdf_no_browser"))
        return ""
    behind = [name for name in contents.chapters if name != f"{GLANCE}.html"]
    pages = {name: (folder / name).read_text(encoding="utf-8") for name in behind}
    whole = with_drawings(joined((folder / "index.html").read_text(encoding="utf-8"), pages), folder / "charts")
    try:
        with ThreadPoolExecutor(1) as beside:
            alone = beside.submit(print_pdf, one_page(release, contents), folder, browser)
            printed = {PRINT: print_pdf(whole, folder, browser), ONE_PAGE: alone.result()}
        for name, made in printed.items():
            write_whole(folder / _named(release, name), made.pdf)
    except OSError as reason:
        warn(say("pdf_not_made", reason=reason))
        return ""
    return printed[PRINT].writer


def _write_chapter(folder: Path, executed: Executed, release: Release) -> Chapter:
    """Write a notebook and its page; give what it is called and shows."""
    write_whole(folder / f"{executed.name}.html", notebook_page(executed.notebook, release))
    write_whole(folder / "notebooks" / f"{executed.name}.ipynb", nbformat.writes(executed.notebook) + "\n")
    return chapter_of(executed.notebook)


def _write_index(folder: Path, release: Release, contents: Contents, *, is_printed: bool = False) -> None:
    """Write the first page, which leads to all that is there by now, and to what is made beside it or was printed."""
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in LISTED}
    printed = {_named(release, name) for name in (PRINT, ONE_PAGE)} if is_printed else set()
    files = sorted(
        there | printed | {*_office_names(release)}, key=lambda name: (LISTED.index(Path(name).suffix), name)
    )
    write_whole(folder / "index.html", index_page(release, contents._replace(files=(*files, FILE))))
