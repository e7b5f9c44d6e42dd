"""What happens where a program that tests need is missing."""

import pytest
from programs import PACKAGES, needs


@pytest.mark.parametrize("program", PACKAGES)
def test_without_a_program_a_test_is_skipped_but_where_all_is_tested_it_fails(monkeypatch, program):
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match=f"{program} is not installed"):
        needs(program)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match=f"{program} is not installed"):
        needs(program)
