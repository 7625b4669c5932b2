"""The order of everything: funds, then campaigns, as far as they need to know of each other.

A fund that is divided sees all its campaigns at one moment. So those come as far as the day on
which it closes first, then it is divided, and only then they go on.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from operator import itemgetter
from uuid import UUID

import requests

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.local.demo.applying import TimedAction, applying
from voorjebuurt.local.demo.deciding import divide_fund
from voorjebuurt.local.demo.endings import end_campaign
from voorjebuurt.local.demo.fund_stories import FundStory, fund_stories
from voorjebuurt.local.demo.funding import begin_fund
from voorjebuurt.local.demo.giving import give_all
from voorjebuurt.local.demo.pitching import pitch_campaign
from voorjebuurt.local.demo.settling import settle_application
from voorjebuurt.local.demo.stage import DemoError, Stage
from voorjebuurt.local.demo.stories import Story
from voorjebuurt.local.demo.teams import make_teams
from voorjebuurt.local.demo.telling import telling
from voorjebuurt.local.demo.wording import write_wording
from voorjebuurt.payments.gateway import GatewayError

Say = Callable[[str], None]


def play(stage: Stage, campaign_stories: Sequence[Story], say: Say) -> None:
    """Everything of these campaigns, and all funds; what was done before is not done again."""
    with _told_in_a_line("teams"):
        make_teams(stage)
    with _told_in_a_line("letters"):
        write_wording(stage)
    funds: dict[str, UUID] = {}
    for fund in fund_stories():
        if fund.published:
            with _told_in_a_line(fund.name):
                funds[fund.key] = begin_fund(stage, fund)
    for fund in fund_stories():
        if fund.divided:
            with _told_in_a_line(fund.name):
                _divide(stage, fund, funds, campaign_stories)
            say(fund.name)
    for number, story in enumerate(by_age(campaign_stories), 1):
        with _told_in_a_line(story.title):
            _play(stage, story, funds)
        say(f"{number}/{len(campaign_stories)} {story.title}")
    for fund in fund_stories():
        if not fund.published:
            with _told_in_a_line(fund.name):
                begin_fund(stage, fund)


def by_age(campaign_stories: Sequence[Story]) -> list[Story]:
    """The campaigns that began first, first: so a fund receives applications in their order."""
    return sorted(campaign_stories, key=lambda story: (story.life.submitted, story.key))


@contextmanager
def _told_in_a_line(what: str) -> Iterator[None]:
    """What stands in the way of a campaign or a fund, as one line for people."""
    try:
        yield
    except (DomainError, GatewayError, requests.RequestException) as error:
        raise DemoError(f"{what}: {error!r}") from error


def _divide(
    stage: Stage, fund: FundStory, funds: Mapping[str, UUID], campaign_stories: Sequence[Story]
) -> None:
    applicants = {application_story.campaign for application_story in fund.applications}
    closes_at = stage.moment(fund.closes + 1, 0, 0)
    campaigns: dict[str, UUID] = {}
    for story in by_age(campaign_stories):
        if story.key in applicants:
            campaigns[story.key] = pitch_campaign(stage, story)
            _give(stage, story, campaigns[story.key], funds, until=closes_at)
    divide_fund(stage, fund, funds[fund.key], campaigns)


def _play(stage: Stage, story: Story, funds: Mapping[str, UUID]) -> None:
    """One campaign to where its story ends, and its applications after that."""
    campaign_id = pitch_campaign(stage, story)
    _give(stage, story, campaign_id, funds)
    if story.life.goes_live:
        end_campaign(stage, story, campaign_id)
        _tell_afterwards(stage, story, campaign_id)
    for fund in fund_stories():
        if fund.key in funds:
            settle_application(stage, story, campaign_id, fund, funds[fund.key])
    with stage.at(0, 23, 59):
        stage.run_jobs()


def _give(
    stage: Stage,
    story: Story,
    campaign_id: UUID,
    funds: Mapping[str, UUID],
    *,
    until: datetime | None = None,
) -> None:
    with stage.runtime.database.reading() as session:
        campaign = session.get_one(Campaign, campaign_id)
        open_still = campaign.status == CampaignStatus.LIVE and campaign.pledges_stopped_at is None
    if not open_still:
        return
    deeds: list[TimedAction] = []
    for fund in fund_stories():
        if fund.key in funds:
            deeds += applying(stage, story, campaign_id, fund, funds[fund.key])
    end = stage.moment(_last_day(story) + 1, 0, 0)
    deeds += [deed for deed in telling(stage, story, campaign_id) if deed[0] < end]
    due = [deed for deed in deeds if until is None or deed[0] < until]
    give_all(stage, story, campaign_id, until=until, between=due)


def _tell_afterwards(stage: Stage, story: Story, campaign_id: UUID) -> None:
    """What is told once nobody can give any more: thanks, and what came of it."""
    end = stage.moment(_last_day(story) + 1, 0, 0)
    later = [deed for deed in telling(stage, story, campaign_id) if deed[0] >= end]
    for _, deed in sorted(later, key=itemgetter(0)):
        deed()


def _last_day(story: Story) -> int:
    """The last day on which the campaign is live; today for one that still is."""
    life = story.life
    return life.cancelled_days if life.cancelled else min(life.ends, 0)
