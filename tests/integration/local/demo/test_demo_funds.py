"""What the demo tells of matching funds, before any of it happens."""

from collections import Counter

import pytest

from voorjebuurt import settings as application_settings
from voorjebuurt.decisions.rules.grounds import grounds_for
from voorjebuurt.local.demo.fund_stories import FundStory, fund_stories
from voorjebuurt.local.demo.people import demo_people
from voorjebuurt.local.demo.playing import by_age
from voorjebuurt.local.demo.stories import stories
from voorjebuurt.matching.funds.states import MAX_LENGTHS
from voorjebuurt.rulebook.documents.ruleset import read_ruleset

INDICATORS = application_settings.load({"VJB_ENV": "test"}).matching.indicators
by_key = pytest.mark.parametrize("fund", fund_stories(), ids=lambda fund: fund.key)


@by_key
def test_the_rules_are_right_and_the_texts_fit(fund: FundStory) -> None:
    rules = read_ruleset(dict(fund.rules), indicators=INDICATORS)
    assert rules.ceiling_cents >= fund.paid_in * 100
    for name in ("name", "purpose", "legal_basis", "sender", "objection_address"):
        assert 0 < len(getattr(fund, name)) <= MAX_LENGTHS[name]


@by_key
def test_two_officers_of_the_municipality_do_the_work(fund: FundStory) -> None:
    place = {person.name: person.municipality for person in demo_people()}
    assert place[fund.editor] == place[fund.publisher] == fund.municipality
    assert fund.editor != fund.publisher


@by_key
def test_applications_come_in_the_order_in_which_campaigns_are_played(fund: FundStory) -> None:
    order = [story.key for story in by_age(stories())]
    applications = sorted(fund.applications, key=lambda application: application.applied)
    assert [application.campaign for application in applications] == sorted(
        (application.campaign for application in applications), key=order.index
    )


@by_key
def test_everything_happens_in_the_life_of_its_campaign(fund: FundStory) -> None:
    lives = {story.key: story.life for story in stories()}
    for application in fund.applications:
        assert (
            lives[application.campaign].opened
            < application.applied
            <= lives[application.campaign].ends
        )
        assert fund.opens <= application.applied <= fund.closes
        assert (application.admitted or application.applied) <= fund.closes
        if application.account is not None:
            assert lives[application.campaign].ends < application.account.on


def test_grounds_are_listed_and_campaigns_have_one_fund() -> None:
    applications = [application for fund in fund_stories() for application in fund.applications]
    assert max(Counter(application.campaign for application in applications).values()) == 1
    for application in applications:
        if application.refusal is not None:
            assert application.refusal.ground in {ground.code for ground in grounds_for("refusal")}
        if application.settlement is not None and application.settlement.ground:
            codes = {ground.code for ground in grounds_for(application.settlement.kind)}
            assert application.settlement.ground in codes
