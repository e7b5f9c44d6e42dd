"""The plan and the trend → slides: every indicator against its target, and how the first of them has grown."""

from ..indicators import history_line, indicator_frame
from ..plots import growth_plot
from ..progress import progress_sentence
from ..release import Release
from .charts import add_plot
from .draw import add_slide
from .figures import Frame, add_frame, fingerprint
from .stage import Stage

LEFT_OUT = ("unit", "baseline", "remark")
"""Columns of the indicator table that a slide has no room for; the hand-out and the pages have them."""


LOWEST = 250.0
"""A chart of a year is at least this many points high."""


def add_plan(stage: Stage, release: Release) -> None:
    """Add the slides of the plan and the trend."""
    heading = release.say("indicators_title").replace(" · ", f", {release.period[:4]} · ") + f", {release.period[:4]}"
    notes = [history_line(release), *_remarks(release), fingerprint(release)]
    foot = history_line(release).split(" · ")
    table = indicator_frame(release).drop(columns=[release.say(code) for code in LEFT_OUT])
    add_frame(stage, heading, table, notes, foot=foot)
    plot = growth_plot(release)
    if plot:
        planned = next(one for one in release.achievements if one.target)
        slide = add_slide(stage, heading, notes)
        frames = [Frame(stage, progress_sentence(release, planned).split("\n"), foot), Frame(stage, (), foot)]
        frame = next((one for one in frames if one.room.height >= LOWEST), frames[-1])
        add_plot(slide, frame.write(slide), plot, "plan burn_up")


def _remarks(release: Release) -> list[str]:
    """Give what the table on the slide leaves out: each indicator's remark."""
    frame = indicator_frame(release)
    remarks = frame[release.say("remark")]
    return [f"{name}: {text}" for name, text in remarks.items() if text]
