"""What the codes of campaigns are called."""

from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.web.words.campaign_labels import STATES


def test_every_state_has_a_name_of_its_own() -> None:
    names = [str(STATES[state][0]) for state in CampaignStatus]
    assert len(set(names)) == len(names)
