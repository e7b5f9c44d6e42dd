"""``ccpcr``: the commands an officer types. Heavy libraries are imported where they are used."""

from .patience import Patience

with Patience():
    import gc

    import click

    from . import check, compare, notebooks, report, write
    from .stopping import Commands

SELDOM = 50_000
"""How many objects are made between two collections: a command has ended before more of them would pay."""


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="ccpcr", prog_name="ccpcr")
def main() -> None:
    """The shelter's quarterly report, from its Excel workbook.

    \b
    A usual quarter:
      ccpcr compare A.xlsx B.xlsx        two people typed it: what differs?
      ccpcr check 2010-Q3                is the workbook in order?
      ccpcr report 2010-Q3               make the report in reports/2010-Q3/
      ccpcr report 2010-H1               of a half-year; 2010: of a year
      ccpcr report 2010 --year-starts 07 of a donor's year, July 2010 to June 2011
      ccpcr check 2010-Q3 --annotate checked.xlsx
      ccpcr explain 2010-Q3 "Slide 7!H9" "typed by hand, corrected on the next slide"
      ccpcr tidy 2010-Q3 -o counts.csv
      ccpcr new 2010-Q4                  a workbook to type the next quarter into
      ccpcr lab                          look at the figures, take charts to slides
      ccpcr verify reports/2010-Q3       can the report be made again, figure by figure?
    """
    gc.set_threshold(SELDOM)


for command in (
    report.report,
    check.check,
    check.explain,
    compare.compare,
    write.tidy,
    write.new,
    write.demo,
    notebooks.lab,
    notebooks.verify,
):
    main.add_command(command)
