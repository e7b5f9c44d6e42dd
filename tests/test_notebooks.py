"""The report's notebooks as they are committed: their parameters, run once from top to bottom, nothing of a machine."""

import re

import pytest
from stored_notebooks import PARAMETERS, PATHS, committed
from workbooks import ROOT

from ccpcr_lib.publish.pages.notebooks import NotebookError, parameterize

# --- parameters ---


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_an_unknown_parameter_is_refused_with_those_there_are(path):
    known = ", ".join(PARAMETERS)
    with pytest.raises(NotebookError, match=rf": no parameter is called langage; it has {known}\.$"):
        parameterize(path, {"language": "km", "langage": "km"})


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_notebook_takes_the_same_parameters(path):
    given = next(cell for cell in committed(path).cells if "parameters" in cell.metadata.get("tags", []))
    lines = "\n".join(f'{name} = "{value}"' for name, value in PARAMETERS.items())
    assert given.source == lines


def test_parameters_stand_in_a_cell_of_their_own_after_the_defaults():
    notebook = parameterize(PATHS[0], {"data": "other.xlsx", "language": "km"})
    tags = [cell.metadata.get("tags", []) for cell in notebook.cells]
    place = tags.index(["injected-parameters"])
    assert tags[place - 1] == ["parameters"]
    assert 'data = "other.xlsx"\nlanguage = "km"' in notebook.cells[place].source


def test_giving_parameters_leaves_the_notebook_file_alone():
    before = PATHS[0].read_bytes()
    parameterize(PATHS[0], PARAMETERS)
    assert PATHS[0].read_bytes() == before


# --- as they are committed ---


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_committed_notebook_was_run_from_top_to_bottom_without_an_error(path):
    cells = [cell for cell in committed(path).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    kinds = {output.output_type for cell in cells for output in cell.outputs}
    assert kinds == {"execute_result"}
    last_lines = [cell.source.split("\n")[-1] for cell in cells]
    assert [len(cell.outputs) for cell in cells] == [0 if re.match(r"\w+ = ", line) else 1 for line in last_lines]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_committed_notebook_names_no_memory_address_no_folder_of_a_machine_and_no_site(path):
    text = re.sub(r'"image/png": ".*?"', "", path.read_text(encoding="utf-8"))
    for secret in (r"0x[0-9a-f]{6,}", r"/(home|Users|tmp)/", r"[A-Z]:\\\\", r"https?://", re.escape(str(ROOT))):
        assert not re.search(secret, text), secret


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_output_of_a_committed_notebook_has_a_text_to_compare(path):
    shown = [output for cell in committed(path).cells if cell.cell_type == "code" for output in cell.outputs]
    assert shown
    for output in shown:
        assert output.data["text/plain"].strip()
        assert not output.data["text/plain"].startswith("<")


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_committed_notebook_defines_nothing_and_loops_over_nothing(path):
    sources = [cell.source for cell in committed(path).cells if cell.cell_type == "code"]
    assert not [source for source in sources if re.search(r"(?m)^\s*(def|class|for|while)\b", source)]
