"""A quarter's workbook → the files of a report for other programs: slide deck, hand-out workbook, counts.

Made in a program that runs cells, which has imported for the charts what it takes.
"""

from dataclasses import dataclass
from pathlib import Path

from .deck import build_deck
from .deck.stage import open_stage
from .files import write_counts, write_whole
from .handout import build_handout
from .release import Release, release


@dataclass(frozen=True)
class Office:
    """What to make the files of: the workbook, its quarter, the language, a donor's template; and where to put them.

    `corrected` are the figures that the last report of the quarter had otherwise.
    """

    workbook: str
    period: str
    language: str
    template: str | None
    final: bool
    deck: str
    tables: str
    counts: str
    corrected: tuple[str, ...] = ()

    @property
    def release(self) -> Release:
        """The quarter, opened for showing."""
        return release(self.workbook, self.language, period=self.period)

    @property
    def master(self) -> Path | None:
        """The presentation whose master the deck takes, if any."""
        return Path(self.template) if self.template else None


def check_template(office: Office) -> None:
    """Raise CannotReadError for a template that the deck cannot take."""
    open_stage(office.master, office.release)


def write_office(office: Office) -> None:
    """Write the files. Raise CannotReadError for a template that cannot be read."""
    shown = office.release
    write_counts(shown.counts, Path(office.counts))
    deck = build_deck(shown, template=office.master, final=office.final, corrected=office.corrected)
    write_whole(Path(office.deck), deck)
    write_whole(Path(office.tables), build_handout(shown, office.corrected))
