"""What donors hear of decisions on match money: as certain as the decision, and once."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.support.case_steps import account
from tests.support.donor_mails import mails_of, tell_all, waiting_news, words_of
from tests.support.factories.cases import AccountingFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.factories.towns import Town, awarded_first, town, town_divided
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.storage import FolderStorage

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
CLAIM = 50_000


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def case(session: Session) -> Town:
    case = town_divided(session, claim=CLAIM)
    case.campaign.title = "Bomen op het plein"
    PledgeFactory(campaign=case.campaign, email="noor@voorbeeld.example", amount_cents=2_500)
    return case


def donor_words(session: Session, template: str) -> list[str]:
    tell_all(session)
    return [
        words_of(message)
        for message in mails_of(session, template)
        if message.recipient == "noor@voorbeeld.example"
    ]


def test_an_award_is_told_as_granted_and_no_more(session: Session, case: Town) -> None:
    case.send(session, "award", CLAIM)
    (words,) = donor_words(session, "match_granted_donor")
    assert "Bomen op het plein: de gemeente kende € 500 toe" in words
    assert "U gaf € 25." in words
    assert "kan nog teruggaan naar de gemeente" in words
    assert "alleen als de actie genoeg ophaalt" not in words
    tell_all(session)
    assert len(donor_words(session, "match_granted_donor")) == 1


def test_nothing_is_told_before_the_decision_is_sent(session: Session, case: Town) -> None:
    case.propose(session, "award", CLAIM)
    assert waiting_news(session) == []


def test_an_account_that_was_determined_is_told_with_its_story(
    session: Session, case: Town, tmp_path: Path
) -> None:
    case.send(session, "award", CLAIM)
    account(session, case, FolderStorage(tmp_path))
    assert donor_words(session, "accounted_donor") == []
    case.send(session, "lower_determination", CLAIM - 10_000, "not_done")
    (words,) = donor_words(session, "accounted_donor")
    assert "Bomen op het plein: hieraan is € 500 uitgegeven" in words
    assert "is vastgesteld op € 400" in words
    assert "Wij plantten zes bomen." in words


def test_a_story_that_was_meant_for_the_municipality_is_not_quoted(
    session: Session, case: Town, tmp_path: Path
) -> None:
    case.send(session, "award", CLAIM)
    account(session, case, FolderStorage(tmp_path))
    with clock.at(NOW.replace(hour=11)):
        AccountingFactory(application=case.application, story="Alleen voor de gemeente.")
    case.send(session, "determination", CLAIM)
    (words,) = donor_words(session, "accounted_donor")
    assert "Alleen voor de gemeente." not in words
    assert "Dit schrijft de groep erover" not in words


def test_a_long_story_is_cut_between_words(session: Session, case: Town, tmp_path: Path) -> None:
    case.send(session, "award", CLAIM)
    account(session, case, FolderStorage(tmp_path), story="boom " * 400)
    case.send(session, "determination", CLAIM)
    (words,) = donor_words(session, "accounted_donor")
    assert "boom …" in words
    assert words.count("boom") == 299


def test_what_a_live_fund_granted_and_takes_back_is_told(session: Session) -> None:
    case = town(session, campaign="live", live=True)
    awarded_first(session, case.application, case.olga, case.piet)
    PledgeFactory(campaign=case.campaign, email="noor@voorbeeld.example", amount_cents=2_500)
    case.send(session, "withdrawal", 0, "not_done")
    (words,) = donor_words(session, "match_let_go_donor")
    assert f"geen geld van {case.fund.name}, besloten op 1 juni 2026" in words
    assert "Uw gift van € 25 blijft bij de actie." in words
    assert "Haalt de actie het minimum niet? Dan krijgt u dat geld terug." in words
    assert "Daarom." not in words  # why is between the fund and who applied


def test_a_refusal_of_a_fund_that_reserved_nothing_in_public_is_not_told(
    session: Session, case: Town
) -> None:
    case.send(session, "refusal", 0, "outside_area")
    assert waiting_news(session) == []


def test_donors_who_get_their_money_back_hear_only_of_that(session: Session, case: Town) -> None:
    case.campaign.status = "failed"
    case.send(session, "refusal", 0, "outside_area")
    assert waiting_news(session) == []
