"""Achievements, changes and runs → one plain sentence each, generated so that it cannot disagree with the figures."""

from collections.abc import Iterable, Sequence
from functools import partial

from ...analysis.achievement import Achievement, Percent
from ...analysis.series import Actual
from ...analysis.trend import Change, Run, Signal
from ...model import period as calendar
from ...model.finding import Finding
from ...model.plan import Indicator
from ...model.wording import month_label, quarter_label
from ...words import in_language, say
from .. import theme
from ..release import Release, marked
from .table import total_text


def progress_sentence(release: Release, achievement: Achievement) -> str:
    """Write where an indicator stands against the plan, and what is not known of it."""
    return in_language(release.language, partial(_progress, release.period, achievement), between="\n")


def _progress(period: str, achievement: Achievement, language: str) -> str:
    fields: dict[str, str] = {
        "name": achievement.indicator.name(language),
        "year": period[:4],
        "count": marked(amount(achievement, achievement.reached.least), achievement.disputes),
        "most": marked(amount(achievement, achievement.reached.most), achievement.disputes),
        "target": marked(amount(achievement, achievement.target), achievement.plan_disputes),
        "due": marked(amount(achievement, achievement.planned.due), achievement.plan_disputes),
        "percent": formula(achievement),
        "quarter": quarter_label(period, language),
        "quarters": say("of_quarters", language, known=achievement.known_quarters, all=len(achievement.quarters)),
        "missing": missing_quarters(achievement, language),
        "state": say(f"state_{achievement.state}", language),
        "why": why_bound(achievement.indicator, language),
    }
    sentence = say(_progress_name(achievement), language, **fields)
    of_quarter = achievement.percent_of_quarter
    if of_quarter is None or not achievement.indicator.adds_up:
        return sentence
    divided = _divided(achievement, of_quarter, achievement.now.disputes)
    return f"{sentence} {say('progress_quarter', language, formula=divided)}"


def _progress_name(achievement: Achievement) -> str:
    """Name the sentence that suits what is known of an indicator, and how its quarters make a year."""
    if achievement.indicator.per_quarter:
        return _name_of_quarter(achievement)
    if achievement.parts and achievement.parts[1].to_date == 0:
        return "progress_no_whole"
    if achievement.is_bound:
        return _name_of_bound(achievement)
    if achievement.to_date is None:
        return _name_of_part(achievement)
    if achievement.state == "no_target":
        return "progress_now_no_target" if achievement.indicator.year_made == "stock" else "progress_no_target"
    if achievement.planned.due is None:
        return "progress_no_due"
    if not achievement.indicator.adds_up:
        return "progress_level"
    return "progress_so_far" if achievement.planned.target is None else "progress_whole"


def _name_of_quarter(achievement: Achievement) -> str:
    """Name the sentence of a percent that has a figure for the quarter alone."""
    if achievement.reached.exact is None:
        return "progress_quarter_unknown"
    return "progress_quarter_no_target" if achievement.planned.due is None else "progress_quarter_level"


def _name_of_bound(achievement: Achievement) -> str:
    """Name the sentence of what was reported in full, and is known as at least so many."""
    if achievement.state == "no_target":
        return "progress_bound_no_target"
    return "progress_bound_no_due" if achievement.planned.due is None else "progress_bound"


def _name_of_part(achievement: Achievement) -> str:
    """Name the sentence of what was not reported, or only in part."""
    if achievement.parts or not any(point.cells for point in achievement.quarters):
        return "progress_unknown"
    return "progress_no_target_part" if achievement.state == "no_target" else "progress_incomplete"


def why_bound(indicator: Indicator, language: str) -> str:
    """Explain why counts that were reported in full say no more than bounds."""
    return say("bound_again" if indicator.counts_again or indicator.ratio else "bound_unsaid", language)


def amount(achievement: Achievement, value: float | None) -> str:
    """Write a figure of an indicator: a share as a percent; what is due of a count may be 22.5."""
    if value is None:
        return theme.number(None)
    if achievement.indicator.ratio:
        return theme.percent(Percent(value, 1).value)
    return theme.number(int(value)) if value == int(value) else f"{value:,.1f}"


def formula(achievement: Achievement) -> str:
    """Write the year to date as a percent of its target, with the formula: ``18 ÷ 60 = 30 %``; a dash without one."""
    if achievement.percent is None:
        return "–"
    return _divided(achievement, achievement.percent, achievement.disputes)


def _divided(achievement: Achievement, percent: Percent, disputes: Sequence[Finding]) -> str:
    """Write a percent with its formula; `disputes` are those of its part."""
    part = marked(amount(achievement, percent.part), disputes)
    whole = marked(amount(achievement, percent.whole), achievement.plan_disputes)
    return f"{part} ÷ {whole} = {marked(theme.percent(percent.value), (*disputes, *achievement.plan_disputes))}"


def own_formula(achievement: Achievement) -> str:
    """Write what a percent of the year was divided from: ``65 ÷ 65 = 100 %``."""
    part, whole = (marked(theme.number(part.to_date), part.disputes) for part in achievement.parts)
    return f"{part} ÷ {whole} = {marked(amount(achievement, achievement.to_date), achievement.disputes)}"


def missing_quarters(achievement: Achievement, language: str) -> str:
    """Name the quarters of the year that were not wholly reported."""
    parts = achievement.parts or (achievement,)
    missing = dict.fromkeys(point.period for part in parts for point in part.quarters if not point.is_reported)
    return ", ".join(quarter_label(quarter, language) for quarter in missing)


def change_sentence(release: Release, change: Change) -> str:
    """Write what has changed from one period to another, and whether that may be chance."""
    return in_language(release.language, partial(_change, change), between="\n")


def _change(change: Change, language: str) -> str:
    fields = {
        "name": change.indicator.name(language),
        "before": marked(figure_text(change.before, language), change.before.disputes),
        "now": marked(figure_text(change.now, language), change.now.disputes),
        "before_period": name_period(change.before.period, language),
        "now_period": name_period(change.now.period, language),
        "missing": _name_missing((change.before, change.now), language),
        "figures": _chance(change, language),
        "why": why_bound(change.indicator, language),
    }
    if change.difference is not None:
        name = "change_rose" if change.difference > 0 else "change_fell" if change.difference else "change_same"
        fields["change"] = say(name, language, **fields)
    return say(f"verdict_{change.verdict}", language, **fields)


def figure_text(point: Actual, language: str) -> str:
    """Write how many there were, or at least how many."""
    number = theme.number(None if point.figure is None else int(point.figure))
    return say("number_at_least", language, least=number) if point.is_bound else number


def change_sentences(release: Release, group: Sequence[Change]) -> list[str]:
    """Write the changes of several indicators from one period to another; those not comparable are named together."""
    sentences = [change_sentence(release, change) for change in group if change.difference is not None]
    unknown = [change for change in group if change.verdict == "not_comparable"]
    now = [change for change in unknown if not change.now.is_reported]
    before = [change for change in unknown if change.now.is_reported]
    bounded = [change for change in group if change.verdict == "bounded"]
    again = [change for change in bounded if change.indicator.counts_again]
    unsaid = [change for change in bounded if not change.indicator.counts_again]
    together = {"not_compared_now": now, "not_compared": before, "not_compared_again": again}
    for name, changes in (*together.items(), ("not_compared_unsaid", unsaid)):
        if changes:
            point = changes[0].before if name == "not_compared" else changes[0].now
            sentences.append(_not_compared(release, name, point.period, changes))
    return sentences


def _not_compared(release: Release, name: str, period: str, changes: Sequence[Change]) -> str:
    """Name the indicators that cannot be compared because of one period."""

    def names(language: str) -> str:
        return ", ".join(change.indicator.name(language) for change in changes)

    return release.say(name, between="\n", period=partial(name_period, period), names=names)


def _chance(change: Change, language: str) -> str:
    """Write the figures by which chance was judged; nothing where it was not."""
    if change.p is None:
        return ""
    if change.ratio is None:
        return say("chance_from_none", language, p=theme.chance(change.p))
    ratio, low, high = (theme.ratio(value) for value in (change.ratio, change.low, change.high))
    return say("chance_figures", language, ratio=ratio, low=low, high=high, p=theme.chance(change.p))


def _name_missing(points: Iterable[Actual], language: str) -> str:
    return ", ".join(name_period(point.period, language) for point in points if not point.is_reported)


def name_period(period: str, language: str) -> str:
    """Name a month with its year, or a quarter."""
    if calendar.is_quarter(period):
        return quarter_label(period, language)
    return month_label(period, language, year=True)


def name_span(release: Release, periods: Sequence[str]) -> str:
    """Name the first and the last of some periods in the release's language."""
    first, last = (in_language(release.language, partial(name_period, period)) for period in (periods[0], periods[-1]))
    return first if first == last else f"{first} – {last}"


def run_sentence(release: Release, run: Run) -> str:
    """Write a run's median, limits and signals; that there are too few periods for them, where it is so."""
    return in_language(release.language, lambda language: " ".join(_run(run, language)), between="\n")


def run_sentences(release: Release, runs: Sequence[Run]) -> list[str]:
    """Write several runs; those of which there is a median only are named together."""
    alone = [run for run in runs if run.high is None and run.centre is not None]
    sentences = [run_sentence(release, run) for run in runs if run not in alone]
    for name in ("runs_few", "runs_stock", "runs_again", "runs_unsaid"):
        together = [run for run in alone if _runs_name(run) == name]
        if together:
            sentences.append(release.say(name, between="\n", medians=partial(_medians, together)))
    return sentences


def _runs_name(run: Run) -> str:
    """Name the sentence that says why a run has a median alone."""
    if run.is_bound:
        return "runs_again" if run.is_stock else "runs_unsaid"
    return "runs_stock" if run.is_stock else "runs_few"


def _medians(runs: Sequence[Run], language: str) -> str:
    return "; ".join(f"{run.indicator.name(language)} {_centre(run)}" for run in runs)


def _centre(run: Run) -> str:
    return _of(run, f"{run.centre:g}")


def _of(run: Run, figure: str) -> str:
    """Write a run's median or a limit: they rest on all its points."""
    return marked(figure, [finding for point in run.points for finding in point.disputes])


def _run(run: Run, language: str) -> list[str]:
    name = run.indicator.name(language)
    if run.centre is None:
        return [say("run_unknown", language, name=name)]
    known, points = len(run.known), len(run.points)
    named = "run_median_at_least" if run.is_bound else "run_median"
    median = say(named, language, name=name, centre=_centre(run), known=known, all=points)
    if run.high is None:
        return [median, _why_no_limits(run, language)]
    low, high = _of(run, f"{run.low}"), _of(run, f"{run.high}")
    limits = say("run_trial" if run.is_trial else "run_limits", language, low=low, high=high)
    signals = [_signal(run, signal, language) for signal in run.signals] or [say("run_quiet", language)]
    return [median, limits, *signals]


def _why_no_limits(run: Run, language: str) -> str:
    if run.is_bound:
        return say("run_bound", language, why=why_bound(run.indicator, language))
    return say("run_stock" if run.is_stock else "run_no_limits", language)


def _signal(run: Run, signal: Signal, language: str) -> str:
    point = next(point for point in run.points if point.period == signal.periods[0])
    first, last = (name_period(signal.periods[end], language) for end in (0, -1))
    count, value = len(signal.periods), marked(str(point.value), point.disputes)
    return say(f"signal_{signal.rule}", language, first=first, last=last, count=count, value=value)


def revision_sentences(release: Release) -> list[str]:
    """Name each figure of which the next quarter's workbook says something else."""
    return [
        release.say(
            "revision",
            between="\n",
            name=indicator.name,
            period=partial(name_period, point.period),
            own=partial(_marked_total, point),
            now=partial(_marked_total, later),
            later=later.reported_in,
            cells=", ".join(later.cells),
        )
        for indicator, point in release.history.revisions(release.plan.indicators)
        if (later := point.restated)
    ]


def _marked_total(point: Actual, language: str) -> str:
    return marked(total_text(point.total, language), point.disputes)
