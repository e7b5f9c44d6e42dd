"""An indicator → the same with the definition that the plans which come with the project give it.

The words stand in `words/plan_definitions.csv`; whoever keeps a plan writes others into it.
"""

from dataclasses import replace

from ..model.definition import Definition
from ..model.plan import Indicator
from ..words import say, sentences

SOCIAL_WORKER = "social_worker"
ANSWER = {
    "enrolled": "teacher",
    "trained": "vocational_trainer",
    "served": "shelter_manager",
    "in_care": "me_officer",
    "assessed_share": "me_officer",
}
"""The roles that answer for indicators; for all others it is a social worker."""


def defined(indicator: Indicator) -> Indicator:
    """Give an indicator what counts, what does not, a role and how often; one without such words stays as it is."""
    code, words = indicator.code, sentences()
    if f"counts.{code}" not in words:
        return indicator
    role = say(f"role.{ANSWER.get(code, SOCIAL_WORKER)}")
    own = Definition(words[f"counts.{code}"], words[f"excludes.{code}"], role, indicator.frequency)
    return replace(indicator, definition=own)
