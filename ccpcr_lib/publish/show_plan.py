"""What a notebook shows of the plan and of time: the indicator table, sentences, charts of indicators.

As in `show`, everything has a plain text beside it that a later run is compared with.
"""

from html import escape

from ..analysis.trend import changes, run
from .charts.bullets import bullets
from .charts.burn_up import burn_up
from .charts.runs import run_chart
from .pages.show import Page, Picture
from .release import Release
from .text.indicators import indicator_frame, indicator_html
from .text.progress import change_sentences, progress_sentence, revision_sentences, run_sentences

INDICATOR_FORMS = {"burn_up": burn_up, "run": run_chart}
"""The charts that one indicator can have."""


def show_indicators(release: Release) -> Page:
    """Show every indicator: baseline, target, actual by quarter, year to date, percent, state."""
    return Page(indicator_html(release), indicator_frame(release).to_string())


def show_progress(release: Release, *codes: str) -> Page:
    """Say where indicators stand against the plan; without names, those that have a target."""
    planned = [one for one in release.achievements if one.target is not None]
    chosen = [release.achievement(code) for code in codes] or planned
    return _sentences(progress_sentence(release, one) for one in chosen)


def show_changes(release: Release, *codes: str) -> Page:
    """Say what has changed since the quarter before, and since the same quarter a year before."""
    chosen = [release.plan.indicator(code) for code in codes] or _countable(release)
    pairs = [changes(release.history, indicator) for indicator in chosen]
    return _sentences(line for group in zip(*pairs, strict=True) for line in change_sentences(release, group))


def show_runs(release: Release, *codes: str) -> Page:
    """Say each indicator's median and limits over all periods, and name the signals."""
    chosen = [release.plan.indicator(code) for code in codes] or _countable(release)
    return _sentences(run_sentences(release, [run(release.history, one) for one in chosen]))


def show_revisions(release: Release) -> Page:
    """Name the figures of earlier quarters that a later workbook states anew."""
    return _sentences(revision_sentences(release) or [release.say("no_revisions", between="\n")])


def show_bullets(release: Release) -> Picture:
    """Draw every indicator that has a target against it."""
    return Picture(bullets(release))


def show_indicator(release: Release, code: str, form: str = "run") -> Picture | Page:
    """Draw one indicator: `form` is ``run`` or ``burn_up``. Raise KeyError for another.

    Say so where its quarters are not added up, and nothing can grow.
    """
    if form == "burn_up" and release.plan.indicator(code).accumulate != "sum":
        return _sentences([release.say("no_burn_up", between="\n", name=release.plan.indicator(code).name)])
    return Picture(INDICATOR_FORMS[form](release, code))


def _countable(release: Release) -> list:
    return [one for one in release.plan.indicators if not one.ratio]


def _sentences(texts) -> Page:
    """Show sentences as paragraphs, the languages of one beneath each other."""
    said = list(texts)
    html = "".join(f"<p>{escape(text).replace(chr(10), '<br>')}</p>" for text in said)
    return Page(f'<div class="ccpcr-sentence">{html}</div>', "\n".join(said))
