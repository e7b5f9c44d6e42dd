"""A quarter → its slide deck: every slide in the order of the report, with tables and charts that can be edited.

Every figure comes from the same recomputed table as the pages and the hand-out; every sentence from the workbook,
its figures filled in from those tables. The same report gives the same bytes.
"""

import io
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from ...excel.file.pack import Properties, packed
from ...model import period as calendar
from ...model.catalogue import spec
from ..release import Release
from ..unsettled import refuse_unsettled
from .clearing import settle
from .glance_slide import add_glance
from .photos import photos_of
from .plan_slides import add_plan
from .stage import Stage, open_stage
from .table_slides import add_table
from .word_slides import add_confirm, add_cover, add_photo, add_section, add_thanks

SECTION_SLIDES = {
    "summary": 2,
    "objective": 3,
    "situation": 4,
    "shelter": 5,
    "services": 10,
    "partner_services": 11,
    "case_statistics": 13,
    "networking": 22,
    "results": 23,
    "strengths": 24,
    "weaknesses": 25,
    "recommendations": 26,
    "plan": 27,
}
"""Where each section of the narrative stands among the slides of the tables."""

PLAN_SLIDE = 21
"""The plan and the trend follow the last table of the report."""


def build_deck(
    release: Release, *, template: Path | None = None, final: bool = False, corrected: Sequence[str] = ()
) -> bytes:
    """Make a quarter's deck: with the master of a donor's presentation, if given; `final` leaves the working slide out.

    `corrected` are the figures that the last report of the quarter had otherwise. A file among the photographs that is
    no picture is left out. Raise CannotReadError for a template that cannot be read, UnsettledError where `final` is
    asked for and figures are in dispute.
    """
    if final:
        refuse_unsettled(release)
    stage = open_stage(template, release)
    add_cover(stage, release)
    add_glance(stage, release, corrected)
    for add in _content(stage, release):
        add()
    for photo in photos_of(release):
        add_photo(stage, release, photo)
    add_thanks(stage, release)
    if not final:
        add_confirm(stage, release)
    return saved(stage, release, release.say(release.title_name))


def _content(stage: Stage, release: Release) -> list[Callable[[], None]]:
    """List what adds the slides between cover and photographs, in the order of the report; sentences before tables."""
    sections = [(slide, 0, partial(add_section, stage, release, name)) for name, slide in SECTION_SLIDES.items()]
    tables = [(spec(name).slide, 1, partial(add_table, stage, release, name)) for name in release.tables]
    plan = (PLAN_SLIDE, 2, partial(add_plan, stage, release))
    return [add for *_, add in sorted([*sections, *tables, plan], key=lambda slides: slides[:2])]


def saved(stage: Stage, release: Release, title: str) -> bytes:
    """Save a presentation with new properties, which name no person and no moment."""
    properties = Properties(title, release.name_quarter(), calendar.printed(release.period), language=release.language)
    buffer = io.BytesIO()
    settle(stage.presentation)
    stage.presentation.save(buffer)
    return packed(buffer.getvalue(), properties)
