"""Comparing a report with the one made again: figure by figure, chart by the numbers it plots, text by its lines."""

import nbformat
from nbformat.v4 import new_code_cell, new_notebook, new_output

from ccpcr_lib.publish.proof.compare import comparable, compare, differences
from ccpcr_lib.publish.proof.markup import cells_of


def cell(source: str, **data: str):
    made = new_code_cell(source)
    made.outputs = [new_output("execute_result", {name.replace("_", "/"): text for name, text in data.items()})]
    return made


def notebook(*cells) -> nbformat.NotebookNode:
    return new_notebook(cells=list(cells))


def test_a_table_names_its_cells_by_row_and_column_also_where_cells_are_merged():
    html = (
        "<table><tr><th rowspan='2'>Grade</th><th colspan='2'>Clients</th></tr><tr><th>May</th><th>June</th></tr>"
        "<tr><th>Grade 1</th><td>3</td><td rowspan='2'>5</td></tr><tr><th>Grade 2</th><td>4</td></tr></table>"
    )
    assert cells_of(html) == {"Grade 1, Clients, May": "3", "Grade 1, Clients, June": "5", "Grade 2, Clients, May": "4"}


def test_rows_of_one_name_are_told_apart():
    html = "<table><tr><th>a</th><td>1</td></tr><tr><th>a</th><td>2</td></tr></table>"
    assert cells_of(html) == {"a": "1", "a (2)": "2"}


def test_only_the_lines_that_differ_are_told():
    before, now = ({f"line {row}": text for row, text in enumerate(lines)} for lines in ("abc", "axcd"))
    assert list(differences(before, now, is_text=True)) == ["“b” before, “x” now.", "“nothing” before, “d” now."]


def test_pictures_are_not_compared_but_the_numbers_they_plot_are():
    one = cell("show_chart(quarter, 'education')", image_png="iVBO", text_plain="Education\nMay 3")
    same = cell("show_chart(quarter, 'education')", image_png="xxxx", text_plain="Education\nMay 3")
    other = cell("show_chart(quarter, 'education')", image_png="iVBO", text_plain="Education\nMay 4")
    assert [found.differences for found in compare(notebook(one), notebook(same))] == [()]
    (found,) = compare(notebook(one), notebook(other))
    assert (found.what, found.differences) == ("chart: Education", ("“May 3” before, “May 4” now.",))


def test_a_kind_of_output_that_is_gone_is_a_difference():
    both, text = cell("1", text_plain="1", text_html="<p>1</p>"), cell("1", text_plain="1")
    (found,) = compare(notebook(both), notebook(text))
    assert found.differences == ("it is written or laid out in another way.",)


def test_streams_are_compared_joined_by_their_name():
    made = new_code_cell("print()")
    made.outputs = [new_output("stream", name="stdout", text="a"), new_output("stream", name="stdout", text="b")]
    assert comparable(made.outputs) == {"stdout": ["ab"]}


def test_a_text_around_a_table_of_the_same_figures_is_quoted():
    table = "<table><tr><th>In care</th><td>64<svg aria-label='{}, 51'></svg></td></tr></table>"
    was = cell("show_glance(quarter)", text_html=f"<p>64 clients were in care.</p>{table.format(61)}")
    other = cell("show_glance(quarter)", text_html=f"<p>65 clients were in care.</p>{table.format(61)}")
    line = cell("show_glance(quarter)", text_html=f"<p>64 clients were in care.</p>{table.format(62)}")
    ((words,), (drawn,)) = (compare(notebook(was), notebook(now)) for now in (other, line))
    assert words.differences == ("“64 clients were in care.” before, “65 clients were in care.” now.",)
    assert drawn.differences == ("“61, 51” before, “62, 51” now.",)


def test_what_stands_for_a_page_in_mere_text_is_quoted_where_the_page_is_the_same():
    was, now = (cell("1", text_html="<table><td>1</td></table>", text_plain=text) for text in ("1 client", "2 clients"))
    (found,) = compare(notebook(was), notebook(now))
    assert found.differences == ("“1 client” before, “2 clients” now.",)


def test_of_a_notebook_with_more_cells_those_that_call_the_same_are_compared():
    before = notebook(cell("a()", text_plain="1"), cell("b()", text_plain="2"), cell("d()", text_plain="4"))
    now = notebook(*(cell(f"{call}()", text_plain=text) for call, text in ("a1", "c3", "b5", "d4")))
    assert [found.differences for found in compare(before, now)] == [
        ("3 cells of code before, 4 now.",),
        (),
        ("“2” before, “5” now.",),
        (),
    ]
