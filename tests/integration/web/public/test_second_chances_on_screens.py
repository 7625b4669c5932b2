"""A campaign that nearly made it, on every screen: the initiator's plan, the donor's word."""

from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, RoleGrantFactory
from tests.support.factories.rewards import RewardFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.near_misses import REST, SMALLER, Case, ask, finish, near_miss_of, nearly
from tests.support.pages import words
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.near_miss.models import NearMiss, NearMissAnswer
from voorjebuurt.pledges.near_miss.rules import Plan
from voorjebuurt.pledges.rewards.models import RewardChoice


@pytest.fixture
def case(committing: Committing) -> Case:
    """As if its last day was yesterday, so that the pages need no other clock."""
    with committing() as session:
        case = nearly(session, title="Bomen op het plein", slug="bomen")
        bring_near(session, case)
    return case


def bring_near(session: Session, case: Case) -> None:
    """Move the near miss to today: pages read the clock of the world."""
    row = near_miss_of(session, case)
    shift = clock.now() - timedelta(days=1) - row.begun_at
    for name in ("begun_at", "plan_due_at", "review_due_at", "ends_at"):
        setattr(row, name, getattr(row, name) + shift)
    case.campaign.closes_at = row.begun_at
    session.flush()


def asked_now(committing: Committing, case: Case, plan: Plan = SMALLER) -> None:
    """The plan is approved at this moment."""
    with committing() as session, clock.at(datetime.now(clock.AMSTERDAM)):
        ask(session, case, plan)


def row(database: Database) -> NearMiss:
    with database.reading() as session:
        return session.scalars(select(NearMiss)).one()


def person(database: Database, person_id: object) -> Person:
    with database.reading() as session:
        return session.get_one(Person, person_id)


def test_from_the_initiators_plan_to_the_question(
    case: Case, signed_in: SignIn, fresh_database: Database
) -> None:
    initiator = signed_in(person(fresh_database, case.campaign.initiator_id))
    desk = initiator.get(f"/mijn/acties/{case.campaign.id}").text
    address = f"/mijn/acties/{case.campaign.id}/tweede-kans"
    assert address in desk
    page = initiator.get(address).text
    assert "100" in page
    assert "Zes bomen" in page

    wrong_form = {"lines-0-amount": "950", "lines-1-amount": "", "left_out": "Zonder aarde."}
    answer = initiator.post(address, data=wrong_form).text
    assert "Een bedrag kan lager worden, niet hoger." in answer
    assert "Vul een bedrag in. Vul 0 in om dit weg te laten." in answer
    assert "Zonder aarde." in answer, "nothing typed is lost"

    unreachable = {"lines-0-amount": "900", "lines-1-amount": "20", "left_out": "Minder aarde."}
    assert "Dit plan kost meer dan" in initiator.post(address, data=unreachable).text

    right_form = {"lines-0-amount": "600", "lines-1-amount": "0", "left_out": "Zonder aarde."}
    answer = initiator.post(address, data=right_form, follow_redirects=True).text
    assert "Uw plan is verstuurd." in answer
    assert row(fresh_database).state == "review"
    again = initiator.post(address, data=right_form)
    assert again.status_code == 200
    assert row(fresh_database).state == "review"

    coach = signed_in(person(fresh_database, case.coach.person_id))
    assert f"/coach/tweede-kans/{case.campaign.id}" in coach.get("/coach/acties").text
    page = coach.get(f"/coach/tweede-kans/{case.campaign.id}").text
    assert "Zonder aarde." in page
    assert "Weggelaten" in page
    empty = coach.post(f"/coach/tweede-kans/{case.campaign.id}/terugsturen", data={"body": ""})
    assert "Schrijf" in empty.text
    approval = coach.post(
        f"/coach/tweede-kans/{case.campaign.id}/goedkeuren",
        data={"body": ""},
        follow_redirects=True,
    )
    assert "De donateurs kunnen nu kiezen." in approval.text
    assert row(fresh_database).state == "asking"
    desk = initiator.get(f"/mijn/acties/{case.campaign.id}").text
    assert "De donateurs kiezen tot en met" in desk
    assert "U kunt het kleiner maken" not in desk, "that is over"


def test_everybody_reads_what_it_means(
    case: Case, committing: Committing, client: FlaskClient
) -> None:
    page = client.get("/acties/bomen").text
    assert "Een tweede kans voor dit plan" in page
    assert "Zonder nieuwe aarde." not in page
    asked_now(committing, case, REST)
    page = client.get("/acties/bomen").text
    assert "Er ontbreekt nog" in page
    assert "/acties/bomen/geef" in page, "one can give again"
    assert "U geeft aan het aangepaste plan." in client.get("/acties/bomen/geef").text


def test_a_donor_keeps_and_takes_back_without_an_account(
    case: Case, committing: Committing, client: FlaskClient, fresh_database: Database
) -> None:
    gift, address = f"/giften/{case.first.token}", f"/giften/{case.first.token}/keuze"
    assert client.get(address).status_code == 302, "nothing is asked yet"
    assert "kiest u of uw gift blijft" in client.get(gift).text
    asked_now(committing, case)
    assert address in client.get(gift).text
    page = client.get(address).text
    assert "Weggelaten" in page
    assert "Kiest u niet, dan krijgt u uw gift terug." in page
    assert "Mijn gift blijft en ik geef extra" not in page

    assert "Kies wat u wilt." in client.post(address, data={}).text
    page = client.post(address, data={"answer": "keep"}, follow_redirects=True).text
    assert "U koos: Mijn gift blijft" in page
    page = client.post(address, data={"answer": "back"}, follow_redirects=True).text
    assert "U nam uw gift terug" in page
    page = client.post(address, data={"answer": "keep"}, follow_redirects=True).text
    assert "Het geld is naar u onderweg" in page
    with fresh_database.reading() as session:
        assert session.scalars(select(NearMissAnswer.answer)).all() == ["back"]
        assert session.get_one(Pledge, case.first.id).status == "refunding"


def test_who_gives_more_goes_on_to_give(
    case: Case, committing: Committing, client: FlaskClient
) -> None:
    asked_now(committing, case, REST)
    address = f"/giften/{case.first.token}/keuze"
    answer = client.post(address, data={"answer": "more"})
    assert answer.location == f"/acties/bomen/geef?beside={case.first.token}"
    form = client.get(answer.location).text
    assert "Uw gift van € 500 blijft" in words(client.get(answer.location))
    assert "als tweede gift" in form
    assert "een@voorbeeld.example" in form, "who it is from was typed before"
    assert address in form, "back to the choice"
    page = client.get(address).text
    assert "Geef het extra bedrag" in page
    assert answer.location in page.replace("&amp;", "&")


def test_nobody_reads_an_address_through_the_form_of_a_second_gift(
    case: Case, committing: Committing, client: FlaskClient
) -> None:
    """Only beside a gift that counts for this very campaign, and while it asks for the rest."""
    beside = f"?beside={case.first.token}"
    assert "een@voorbeeld.example" not in client.get(f"/acties/bomen/geef{beside}").text
    asked_now(committing, case, REST)
    with committing() as session:
        CampaignFactory(status="live", slug="elders")
        gift = session.get_one(Pledge, case.second.id)
        gift.status = "charged_back"
    assert "een@voorbeeld.example" not in client.get(f"/acties/elders/geef{beside}").text
    other = client.get(f"/acties/bomen/geef?beside={case.second.token}").text
    assert "twee@voorbeeld.example" not in other
    assert client.get("/acties/bomen/geef?beside=<script>").status_code == 200


def test_what_was_taken_back_is_not_on_its_way_for_ever(
    case: Case, committing: Committing, client: FlaskClient
) -> None:
    asked_now(committing, case)
    address = f"/giften/{case.first.token}/keuze"
    client.post(address, data={"answer": "back"})
    assert "is onderweg naar de rekening" in client.get(address).text
    with committing() as session:
        gift = session.get_one(Pledge, case.first.id)
        gift.status, gift.refunded_at = "refunded", clock.now()
    page = client.get(address).text
    assert "is terugbetaald op" in page
    assert "is onderweg naar de rekening" not in page


def test_less_match_than_when_it_began_stands_where_one_chooses(
    case: Case, committing: Committing, client: FlaskClient
) -> None:
    asked_now(committing, case, REST)
    address = f"/giften/{case.first.token}/keuze"
    assert "De gemeente draagt nu minder bij" not in client.get(address).text
    with committing() as session:
        near_miss_of(session, case).begun_match_cents = 5_000
    page = words(client.get(address))
    assert "De gemeente draagt nu minder bij" in page
    assert "Sinds het begin van deze tweede kans is het € 50 minder geworden." in page
    assert "Er ontbreekt nog € 100." in page


def test_what_nobody_chose_about_yet_stands_beside_what_was_given(
    case: Case,
    committing: Committing,
    client: FlaskClient,
    signed_in: SignIn,
    fresh_database: Database,
) -> None:
    """Else € 900 of € 600 seems enough, of which most may go back."""
    asked_now(committing, case)
    with fresh_database.reading() as session:
        cents = {each.id: each.amount_cents for each in session.scalars(select(Pledge))}
    second = f"€ {cents[case.second.id] // 100}"
    both = f"€ {(cents[case.first.id] + cents[case.second.id]) // 100}"
    initiator = signed_in(person(fresh_database, case.campaign.initiator_id))
    own = f"/mijn/acties/{case.campaign.id}/tweede-kans"
    page = words(initiator.get(own))
    assert f"Waarvan nog niet is gekozen {both}" in page
    assert f"gaat {both} terug als er geen keuze komt" in page
    client.post(f"/giften/{case.first.token}/keuze", data={"answer": "keep"})
    page = words(initiator.get(own))
    assert f"Waarvan nog niet is gekozen {second}" in page
    assert f"gaat {second} terug als er geen keuze komt" in page
    assert f"Waarvan nog niet is gekozen {second}" in words(
        client.get(f"/giften/{case.second.token}/keuze")
    )
    client.post(f"/giften/{case.second.token}/keuze", data={"answer": "keep"})
    assert "Waarvan nog niet is gekozen" not in words(initiator.get(own))


def test_what_was_typed_for_a_plan_that_was_sent_already_stays_to_be_read(
    case: Case, committing: Committing, signed_in: SignIn, fresh_database: Database
) -> None:
    initiator = signed_in(person(fresh_database, case.campaign.initiator_id))
    own = f"/mijn/acties/{case.campaign.id}/tweede-kans"
    first = initiator.get(own)
    assert "(niet verplicht)" not in first.text.partition("Wat laat u weg")[2][:80]
    version = first.text.partition('name="version" value="')[2].partition('"')[0]
    assert version
    asked_now(committing, case)
    late = {"lines-0-amount": "500", "lines-1-amount": "0", "left_out": "Uit het andere tabblad."}
    page = words(initiator.post(own, data={**late, "version": version}))
    assert "Wat u typte Uit het andere tabblad." in page
    assert "Uit het andere tabblad." not in words(initiator.get(own))


def test_a_link_after_the_end_says_so(
    case: Case, committing: Committing, client: FlaskClient
) -> None:
    asked_now(committing, case)
    with committing() as session:
        near_miss = near_miss_of(session, case)
        near_miss.state, near_miss.outcome = "over", "success"
        near_miss.decided_at = clock.now()
    address = f"/giften/{case.first.token}/keuze"
    assert "Het aangepaste plan gaat door." in client.get(address).text
    page = client.post(address, data={"answer": "back"}, follow_redirects=True).text
    assert "U kunt niet meer kiezen" in page
    assert "Het plan is aangepast" in client.get("/acties/bomen").text


def test_a_link_after_the_end_says_what_became_of_the_gift(
    case: Case, committing: Committing, client: FlaskClient
) -> None:
    asked_now(committing, case)
    with committing() as session:
        near_miss = near_miss_of(session, case)
        near_miss.state, near_miss.outcome = "over", "success"
        near_miss.decided_at = clock.now()
        silent = session.get_one(Pledge, case.second.id)
        silent.status, silent.refund_reason = "refunding", "no_answer"
    text = words(client.get(f"/giften/{case.first.token}/keuze"))
    assert "Het aangepaste plan gaat door. Uw gift van € 500 blijft daarbij." in text
    back = words(client.get(f"/giften/{case.second.token}/keuze"))
    assert "Het aangepaste plan gaat door. U koos niet. Daarom krijgt u uw gift terug." in back
    assert "is onderweg naar de rekening waarmee u betaalde" in back
    assert "blijft daarbij" not in back


def test_before_a_gift_is_taken_back_the_whole_of_what_goes_is_named(
    case: Case, committing: Committing, client: FlaskClient
) -> None:
    asked_now(committing, case)
    with committing() as session:
        reward = RewardFactory(campaign=case.campaign, title="Een zelfgebakken taart")
        session.flush()
        session.add(
            RewardChoice(
                pledge_id=case.first.id,
                reward_id=reward.id,
                state="grant",
                chosen_at=clock.now(),
                recipient="Noor",
            )
        )
    page = words(client.get(f"/giften/{case.first.token}/keuze"))
    assert "U krijgt € 502 terug: uw gift en wat u extra gaf." in page
    assert "Uw beloning ‘Een zelfgebakken taart’ vervalt dan ook." in page
    other = words(client.get(f"/giften/{case.second.token}/keuze"))
    assert "vervalt dan ook" not in other


def test_a_second_chance_that_failed_does_not_rewrite_the_last_day(
    case: Case, committing: Committing, client: FlaskClient
) -> None:
    """Who does not choose gets it back, which is no fact about the last day: that was € 900."""
    asked_now(committing, case)
    with committing() as session, clock.at(near_miss_of(session, case).ends_at):
        assert finish(session, case)
    page = words(client.get("/acties/bomen"))
    assert "Op de laatste dag was er" not in page
    assert "Na de tweede kans was er € 0." in page
    assert "Voor het aangepaste plan was minstens € 600 nodig." in page
    assert "Iedereen die gaf, krijgt alles terug." in page


def test_who_comes_second_is_not_told_to_press_a_button_that_is_gone(
    case: Case, committing: Committing, signed_in: SignIn, fresh_database: Database
) -> None:
    asked_now(committing, case)
    stale = {"version": "1;state=elsewhere", "body": "Goed bedacht."}
    coach = signed_in(person(fresh_database, case.coach.person_id))
    page = words(coach.post(f"/coach/tweede-kans/{case.campaign.id}/goedkeuren", data=stale))
    assert "Daarom is niet gedaan wat u vroeg. De pagina laat zien hoe het nu is." in page
    assert "Druk nog een keer op de knop" not in page
    assert "Goed bedacht." in page, "nothing typed is lost"
    initiator = signed_in(person(fresh_database, case.campaign.initiator_id))
    plan = {"version": "1;state=elsewhere", "lines-0-amount": "600", "lines-1-amount": "0"}
    page = words(initiator.post(f"/mijn/acties/{case.campaign.id}/tweede-kans", data=plan))
    assert "Daarom is niet gedaan wat u vroeg." in page
    assert "Druk nog een keer op de knop" not in page


def test_the_budget_on_the_page_is_that_of_the_changed_plan_once_it_succeeded(
    case: Case, committing: Committing, client: FlaskClient
) -> None:
    asked_now(committing, case)

    def budget() -> str:
        page = words(client.get("/acties/bomen"))
        return page[page.index("Waar gaat het geld naartoe?") :]

    assert "Zes bomen € 900 Aarde € 300 Samen € 1.200" in budget()
    with committing() as session:
        near_miss = near_miss_of(session, case)
        near_miss.state, near_miss.outcome = "over", "success"
        near_miss.decided_at = clock.now()
    assert "Zes bomen € 600 Samen € 600" in budget()


def test_staff_see_what_waits_for_whom(
    case: Case, committing: Committing, signed_in: SignIn
) -> None:
    with committing():
        auditor = PersonFactory()
        RoleGrantFactory(person_id=auditor.id, role="auditor")
    page = signed_in(auditor).get("/beheer/tweede-kansen").text
    assert "Bomen op het plein" in page
    assert "De initiatiefnemer past het plan aan" in page
    asked_now(committing, case)
    page = words(signed_in(auditor).get(f"/beheer/acties/{case.campaign.id}"))
    assert "Tweede kans De donateurs kiezen, tot en met" in page
    assert "Nu nodig € 600" in page, "of the changed plan"
