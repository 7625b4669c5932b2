"""Accounting by size over the screens: drafted, published, read by residents, and decided by."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.factories import funds as make
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import Desk, desk, page
from voorjebuurt.decisions.models import Decision
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application, Fund, FundVersion
from voorjebuurt.people.models import Person

SMALL = [
    {"from_cents": 0, "way": "direct"},
    {"from_cents": 20_000, "way": "ex_officio"},
    {"from_cents": 60_000, "way": "costs"},
]
USUAL = [
    {"from_cents": 0, "way": "direct"},
    {"from_cents": 100_000, "way": "ex_officio"},
    {"from_cents": 500_000, "way": "activities"},
    {"from_cents": 2_500_000, "way": "costs"},
]


@pytest.fixture
def draft_pages(committing: Committing, signed_in: SignIn) -> tuple[str, FlaskClient, FlaskClient]:
    """A draft's address, its writer and a colleague."""
    with committing() as session:
        at = make.desk()
        fund = make.draft(session, at)
        people = [session.get_one(Person, person.id) for person in (at.anna, at.bram)]
        path = f"/gemeente/fondsen/{fund.id}"
    anna, bram = map(signed_in, people)
    return path, anna, bram


def test_a_new_fund_begins_with_what_is_usual_and_it_can_be_changed(
    draft_pages: tuple[str, FlaskClient, FlaskClient], committing: Committing
) -> None:
    path, anna, _ = draft_pages
    text = page(anna, path)
    assert "Onder <bdi>€ 1.000</bdi>:" in text
    assert "Met de toekenning staat het bedrag meteen vast." in text
    form = page(anna, f"{path}/verantwoorden")
    assert 'value="1000"' in form
    wrong = {"direct_below": "500", "ex_officio_below": "400", "activities_below": ""}
    again = page(anna, f"{path}/verantwoorden", **wrong)
    assert 'id="ex_officio_below-error"' in again
    assert 'value="400"' in again
    page(
        anna, f"{path}/verantwoorden", direct_below="400", ex_officio_below="", activities_below=""
    )
    with committing() as session:
        assert session.scalars(select(Fund.draft_arrangements)).one() == [
            {"from_cents": 0, "way": "direct"},
            {"from_cents": 40_000, "way": "costs"},
        ]


def test_it_is_published_with_the_rules_and_read_by_everybody(
    draft_pages: tuple[str, FlaskClient, FlaskClient], committing: Committing
) -> None:
    path, anna, bram = draft_pages
    assert "Vanaf <bdi>€ 25.000</bdi>:" in page(bram, f"{path}/publiceren")
    page(bram, f"{path}/publiceren", unrehearsed_reason="Een proef.")
    with committing() as session:
        assert session.scalars(select(FundVersion.arrangements)).one() == USUAL
        slug = session.scalars(select(Fund.slug)).one()
    assert "Moet u het geld verantwoorden?" in page(anna, f"/fondsen/{slug}")
    page(anna, f"{path}/verantwoorden", direct_below="", ex_officio_below="", activities_below="")
    assert "Bij elk bedrag:" in page(bram, f"{path}/nieuwe-versie")
    answer = {"change": "Voortaan altijd met bonnen.", "unrehearsed_reason": "Niets aan de regels."}
    page(bram, f"{path}/nieuwe-versie", **answer)
    with committing() as session:
        versions = select(FundVersion.arrangements).order_by(FundVersion.number)
        assert session.scalars(versions).all() == [
            USUAL,
            [{"from_cents": 0, "way": "costs"}],
        ]


@pytest.fixture
def at_desk(committing: Committing, signed_in: SignIn) -> Desk:
    return desk(committing, signed_in, at="divided", claim=10_000, draft_arrangements=SMALL)


def small_path(at_desk: Desk) -> str:
    return f"/gemeente/fondsen/{at_desk.case.fund.id}/kleine-aanvragen"


def test_from_the_work_list_to_an_approved_award(at_desk: Desk, committing: Committing) -> None:
    path = small_path(at_desk)
    assert path in page(at_desk.olga, "/gemeente")
    text = page(at_desk.olga, path)
    assert "De begroting klopt" in text
    nothing = page(at_desk.olga, path, act="check")
    assert "Vink er minstens één aan." in nothing
    answer_page = page(at_desk.olga, path, act="check", check=str(at_desk.application_id))
    assert "1 zaak is verwerkt." in answer_page
    with committing() as session:
        decision_id = session.scalars(select(Decision.id)).one()
    own = page(at_desk.olga, path)
    assert "Kan niet op dit scherm" in own
    assert f'value="{decision_id}"' not in own
    assert path in page(at_desk.piet, "/gemeente")
    answer_page = page(at_desk.piet, path, act="approve", approve=str(decision_id))
    assert "1 besluit is goedgekeurd." in answer_page
    with committing() as session:
        assert session.scalars(select(Decision.status)).one() == "approved"


def test_pressed_twice_it_is_done_once(at_desk: Desk, committing: Committing) -> None:
    path = small_path(at_desk)
    for _ in range(2):
        page(at_desk.olga, path, act="check", check=str(at_desk.application_id))
    with committing() as session:
        assert len(session.scalars(select(Decision.id)).all()) == 1


def test_officers_of_elsewhere_and_hostile_ticks_get_nothing(at_desk: Desk) -> None:
    path = small_path(at_desk)
    assert at_desk.eva.get(path).status_code == 404
    for tick in ("' OR 1=1", "0", str(at_desk.case.fund.id)):
        assert "is verwerkt" not in page(at_desk.olga, path, act="check", check=tick)


def test_the_applicant_reads_that_nothing_is_asked(
    at_desk: Desk, committing: Committing, signed_in: SignIn
) -> None:
    with committing() as session:
        at_desk.case.application = session.get_one(Application, at_desk.application_id)
        at_desk.case.send(session, "award", 10_000)
        noor = session.get_one(Person, at_desk.case.campaign.initiator_id)
    browser = signed_in(noor)
    path = f"/mijn/matchgeld/{at_desk.application_id}"
    text = page(browser, path)
    assert "Het bedrag staat vast. U krijgt het samen met de giften." in text
    assert 'verantwoorden"' not in text
    answer = browser.get(f"{path}/verantwoorden")
    assert answer.status_code == 302


@pytest.mark.parametrize("claim", [30_000, 70_000])
def test_who_tells_what_was_done_is_asked_no_amounts(
    committing: Committing, signed_in: SignIn, claim: int
) -> None:
    bands = [
        {"from_cents": 0, "way": "ex_officio"},
        {"from_cents": 60_000, "way": "activities"},
    ]
    at_desk = desk(committing, signed_in, at="divided", claim=claim, draft_arrangements=bands)
    with committing() as session:
        at_desk.case.application = session.get_one(Application, at_desk.application_id)
        at_desk.case.send(session, "award", claim)
        noor = session.get_one(Person, at_desk.case.campaign.initiator_id)
    browser = signed_in(noor)
    path = f"/mijn/matchgeld/{at_desk.application_id}"
    text = page(browser, path)
    assert ("U hoeft dit geld niet te verantwoorden." in text) is (claim == 30_000)
    form = page(browser, f"{path}/verantwoorden")
    assert "lines-0-amount" not in form
    assert "Foto" in form
    assert 'id="story-error"' in page(browser, f"{path}/verantwoorden", story=" ")
    page(browser, f"{path}/verantwoorden", story="Wij plantten zes bomen.")
    assert "wat er is gedaan" in page(at_desk.olga, at_desk.path)
    with clock.at(clock.now()):
        assert "Stel het matchgeld vast" in page(at_desk.olga, at_desk.path)
