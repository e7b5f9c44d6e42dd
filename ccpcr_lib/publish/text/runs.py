"""Runs → one plain sentence each: the median, the limits and the signals, or why there are none."""

from collections.abc import Sequence
from functools import partial

from ...analysis.runs import Run, Signal
from ...words import in_language, say
from ..release import Release, marked
from .progress import name_period, why_bound


def run_sentence(release: Release, run: Run) -> str:
    """Write a run's median, limits and signals; that there are too few periods for them, where it is so."""
    return in_language(release.language, lambda language: " ".join(_run(run, language)), between="\n")


def run_sentences(release: Release, runs: Sequence[Run]) -> list[str]:
    """Write several runs; those of which there is a median only are named together."""
    alone = [run for run in runs if run.high is None and run.centre is not None]
    sentences = [run_sentence(release, run) for run in runs if run not in alone]
    for name in ("runs_few", "runs_managed", "runs_stock", "runs_again", "runs_unsaid"):
        together = [run for run in alone if _runs_name(run) == name]
        if together:
            sentences.append(release.say(name, between="\n", medians=partial(_medians, together)))
    return sentences


def _runs_name(run: Run) -> str:
    """Name the sentence that says why a run has a median alone."""
    if run.is_planned and not run.is_bound:
        return "runs_managed"
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
    if run.is_planned:
        return say("run_managed", language)
    return say("run_stock" if run.is_stock else "run_no_limits", language)


def _signal(run: Run, signal: Signal, language: str) -> str:
    point = next(point for point in run.points if point.period == signal.periods[0])
    first, last = (name_period(signal.periods[end], language) for end in (0, -1))
    count, value = f"{len(signal.periods)}", marked(str(point.value), point.disputes)
    fields = {"first": first, "last": last, "count": count, "value": value}
    for group in signal.groups:
        fields |= {"count": f"{group.count}", "whole": f"{group.whole}", "case_type": group.case_type}
    return say(f"signal_{signal.rule}", language, **fields)
