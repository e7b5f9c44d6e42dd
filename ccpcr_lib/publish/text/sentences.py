"""A table's figures → one short paragraph with those that matter, generated so that it cannot disagree with them."""

from ...analysis.tables import Table
from ...model import period as calendar
from ...model.finding import Finding
from ...model.measure import is_stock
from ...model.records import Count
from ...model.table import Key
from ...model.wording import measure_label, month_label, quarter_label, text_label
from ...words import in_language, say
from ..release import Release, marked
from .table import total_text


def sentence(release: Release, name: str) -> str:
    """Write what a table shows: the total, its months, the largest group, the quarter before, what is missing."""
    table = release.table(name)
    return in_language(release.language, lambda language: " ".join(_sentences(table, language)), between="\n")


def sentence_disputes(table: Table) -> tuple[Finding, ...]:
    """List the findings that dispute a figure of the sentence."""
    months = calendar.months(table.quarter)
    keys: list[Key] = [{}, *({"period": period} for period in (*months, calendar.previous(table.quarter)))]
    keys += [table.row_key(member) for member in _largest_members(table)]
    stocks = [(count.measure, count.unit, count.key) for count in table.base if is_stock(count.measure)]
    groups = (*(table.disputed(**key) for key in keys), *(table.disputed_of(*stock) for stock in stocks))
    return table.disputes.joined(*groups)


def _sentences(table: Table, language: str) -> list[str]:
    spec, total = table.spec, table.total()
    words = {
        "measure": measure_label(spec.measure, language),
        "quarter": quarter_label(table.quarter, language),
    }
    sentences = _stocks(table, language)
    if total.is_known:
        exact = "sentence_total" if total.exact else "sentence_none"
        name = exact if total.exact is not None else "sentence_at_least"
        number = marked(str(total.least), table.disputed())
        text = say(name, language, total=number, **words)
        sentences.append(marked(text, table.disputed()) if name == "sentence_none" else text)
        sentences += _months(table, language) if total.exact != 0 else []
    if total.exact:
        sentences += _largest(table, language, total.exact)
    sentences += _previous(table, language)
    missing = table.blanks
    if missing:
        sentences.append(say("sentence_missing_one" if missing == 1 else "sentence_missing", language, count=missing))
    return sentences


def _stocks(table: Table, language: str) -> list[str]:
    """Write a stock month by month, as far as it was reported: it is never summed."""
    sentences = []
    for measure in sorted({column.measure for column in table.spec.counts if column.is_stock}):
        counts = [count for count in table.base if count.measure == measure and count.value is not None]
        ordered = sorted(counts, key=lambda count: count.key["period"])
        parts = ", ".join(f"{month_label(count.key['period'], language)} {_stock(table, count)}" for count in ordered)
        if parts:
            sentences.append(say("sentence_stock", language, measure=measure_label(measure, language), parts=parts))
    return sentences


def _stock(table: Table, count: Count) -> str:
    return marked(str(count.value), table.disputed_of(count.measure, count.unit, count.key))


def _months(table: Table, language: str) -> list[str]:
    months = {count.key["period"] for count in table.base if count.measure == table.spec.measure}
    totals = {month: table.total(period=month) for month in calendar.months(table.quarter) if month in months}
    parts = [
        f"{month_label(month, language)} {marked(total_text(total, language), table.disputed(period=month))}"
        for month, total in totals.items()
        if total.is_known
    ]
    return [say("sentence_months", language, parts=", ".join(parts))] if len(parts) > 1 else []


def _largest(table: Table, language: str, total: int) -> list[str]:
    """Name the largest group if one stands alone at the top; where rows overlap there is no such thing."""
    members = _largest_members(table)
    if len(members) != 1:
        return []
    largest = table.total(**table.row_key(members[0])).least
    label = text_label(table.spec.stub(members[0]), table.quarter, language)
    name = "sentence_top" if 2 * largest > total else "sentence_first"
    count = marked(str(largest), table.disputed(**table.row_key(members[0])))
    return [say(name, language, label=label, count=count, total=marked(str(total), table.disputed()))]


def _largest_members(table: Table) -> list[str]:
    """List the rows with the largest count; none where rows are months, or nothing was counted."""
    if table.spec.rows == "month":
        return []
    values = {member: table.total(**table.row_key(member)).exact for member in table.members}
    largest = max((value for value in values.values() if value is not None), default=0)
    return [member for member, value in values.items() if value == largest] if largest else []


def _previous(table: Table, language: str) -> list[str]:
    before = calendar.previous(table.quarter)
    if not any(count.key["period"] == before for count in table.base):
        return []
    total = table.total(period=before)
    number = marked(total_text(total, language), table.disputed(period=before))
    return [say("sentence_previous", language, total=number)] if total.is_known else []
