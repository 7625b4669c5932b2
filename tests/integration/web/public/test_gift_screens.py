"""Giving on the screen: three screens, and nothing typed is lost."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.gift_screens import FORM, Page, SendForm, form_of, page_of, pay, plain, rows
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.pledges.models import Pledge


@pytest.fixture
def campaign(committing: Committing) -> Campaign:
    with committing():
        return CampaignFactory(status="live", title="Bomen op het plein")


@pytest.fixture
def form(client: FlaskClient, campaign: Campaign) -> SendForm:
    return form_of(client, campaign)


@pytest.fixture
def gift(form: SendForm) -> str:
    """The address of a gift's own page."""
    return form().headers["Location"]


@pytest.fixture
def page(client: FlaskClient) -> Page:
    return page_of(client)


def test_from_the_form_to_the_check(
    form: SendForm, page: Page, fresh_database: Database, campaign: Campaign
) -> None:
    answer = form()
    assert answer.status_code == 302
    (pledge,) = rows(fresh_database, Pledge)
    assert answer.headers["Location"] == f"/giften/{pledge.token}"
    assert (pledge.amount_cents, pledge.tip_cents, pledge.status) == (1250, 125, "open")
    assert (pledge.postcode, pledge.locale, pledge.donor_id) == ("1234 AB", "en", None)
    words = page(answer.headers["Location"])
    assert "Check your gift" in words
    for value in ("€12.50", "€1.25", "Pay €13.75", "Noor Visser", "Wat een mooi plan!"):
        assert value in words


def test_a_preset(form: SendForm, fresh_database: Database) -> None:
    form(amount="2500", other="", tip="0")
    (pledge,) = rows(fresh_database, Pledge)
    assert (pledge.amount_cents, pledge.tip_cents) == (2500, 0)


def test_what_was_typed_wins_over_a_preset_left_as_it_was(
    form: SendForm, fresh_database: Database
) -> None:
    form(amount="2500", other="40")
    assert rows(fresh_database, Pledge)[0].amount_cents == 4000


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"other": ""}, "Enter the amount that you would like to give."),
        ({"other": "veel"}, "Enter an amount, for example 12,50."),
        ({"other": "0,99"}, "Give at least €1."),
        ({"other": "-5"}, "Enter an amount"),
        ({"other": "5.000,01"}, "You can give at most €5,000 at a time."),
        ({"amount": "1234", "other": ""}, "Choose an amount, or enter another one."),
        ({"amount": None, "other": ""}, "Choose an amount, or enter another one."),
        ({"tip": "500,01"}, "The extra for the platform can be at most €500."),
        ({"tip": "x"}, "Enter an amount"),
        ({"email": ""}, "Enter your email address."),
        ({"email": "noor@"}, "Enter an email address"),
        ({"email": "noor..visser@voorbeeld.example"}, "Enter an email address, for example"),
        ({"other": "1.250"}, "Enter an amount, for example 12,50."),
        ({"name_public": None}, "Choose whether your name can be shown on the page."),
        ({"name_public": "perhaps"}, "This choice is no longer there"),
        ({"name": ""}, "Enter your name, or choose not to show it."),
        ({"postcode": "1234 A"}, "Enter a postcode, for example 1234 AB."),
        ({"message": "x" * 301}, "You have used 301 characters. Use at most 300."),
        ({"consent": None}, "Agree to the terms before you go on."),
    ],
)
def test_an_error_is_told_and_nothing_typed_is_lost(
    form: SendForm, fresh_database: Database, changes: dict[str, str | None], error: str
) -> None:
    answer = form(**changes)
    assert answer.status_code == 200
    assert error in plain(answer.text)
    # A right postcode comes back written the official way.
    values = {**FORM, "postcode": "1234 AB", **changes}
    for name in ("other", "tip", "name", "email", "postcode"):
        if values[name]:
            assert f'value="{values[name]}"' in answer.text, name
    assert certain(values["message"]) in answer.text
    assert rows(fresh_database, Pledge) == []


def test_all_errors_at_once_each_with_the_name_of_its_field(form: SendForm) -> None:
    words = plain(form(other="", email="", name="", consent=None).text)
    for error in (
        "Other amount in euros: enter the amount that you would like to give.",
        "Your email address: enter your email address.",
        "Your name: enter your name, or choose not to show it.",
        "I agree to the terms: agree to the terms before you go on.",
    ):
        assert error in words


@pytest.mark.parametrize(
    ("typed_postcode", "postcode"),
    [
        ("1234-ab", "1234 AB"),
        ("1234\u00a0a\u200bb", "1234 AB"),
        ("2000", "2000"),
        ("48149", "48149"),
    ],
)
def test_a_postcode_of_anywhere_is_taken(
    form: SendForm, fresh_database: Database, typed_postcode: str, postcode: str
) -> None:
    form(postcode=typed_postcode)
    (pledge,) = rows(fresh_database, Pledge)
    assert (pledge.postcode, pledge.local_code) == (postcode, None)


def test_what_was_pasted_is_kept_clean(
    form: SendForm, fresh_database: Database, page: Page
) -> None:
    answer = form(
        other="\u200b12,5\u00a0€",
        name="Noor\u00a0 Vis\u00adser\u202e",
        email=" Noor@Café.NL\u200b",
        message="Cafe\u0301\r\nmooi!\ufeff",
    )
    (pledge,) = rows(fresh_database, Pledge)
    assert (pledge.amount_cents, pledge.name) == (1250, "Noor Visser")
    assert (pledge.email, pledge.message) == ("noor@xn--caf-dma.nl", "Café\nmooi!")
    assert "noor@café.nl" in page(answer.headers["Location"])


def test_no_field_cuts_what_is_pasted_and_each_says_how_much_fits(
    client: FlaskClient, campaign: Campaign
) -> None:
    answer = client.get(f"/acties/{campaign.slug}/geef")
    assert "maxlength" not in answer.text
    assert "Hoogstens 300 tekens." in plain(answer.text)
    answer = client.post(f"/acties/{campaign.slug}/geef", data={**FORM, "message": "x" * 10_000})
    assert "U schreef 10.000 tekens. Maak er hoogstens 300 van." in plain(answer.text)
    assert "x" * 10_000 in answer.text


def test_a_gift_without_a_name(form: SendForm, fresh_database: Database) -> None:
    form(name="", name_public="no", message="", postcode="", tip="")
    (pledge,) = rows(fresh_database, Pledge)
    assert (pledge.name, pledge.name_public, pledge.postcode, pledge.tip_cents) == (
        "",
        False,
        None,
        0,
    )


def test_words_of_a_donor_are_only_words(form: SendForm, page: Page) -> None:
    words = page(form(message="<script>alert(1)</script>").headers["Location"])
    assert "<script>alert(1)</script>" in words


def test_a_nul_is_refused(form: SendForm, fresh_database: Database) -> None:
    assert form(message="mooi\x00").status_code == 400
    assert rows(fresh_database, Pledge) == []


def test_a_gift_can_be_changed_before_paying(
    client: FlaskClient,
    campaign: Campaign,
    gift: str,
    page: Page,
    fresh_database: Database,
) -> None:
    address = f"/acties/{campaign.slug}/geef?gift={gift.rpartition('/')[2]}"
    before = client.get(address, headers={"Accept-Language": "en"}).text
    for value in ('value="12,50"', 'value="1,25"', 'value="Noor Visser"', 'value="1234 AB"'):
        assert value in before
    answer = client.post(address, data={**FORM, "other": "20"})
    assert answer.headers["Location"] == gift
    (pledge,) = rows(fresh_database, Pledge)
    assert pledge.amount_cents == 2000
    pay(client, gift)
    assert client.get(address).headers["Location"] == gift, "too late to change it"
    assert client.post(address, data=FORM).headers["Location"] == gift
    assert rows(fresh_database, Pledge)[0].amount_cents == 2000


def test_a_campaign_that_ended_meanwhile(
    form: SendForm, committing: Committing, campaign: Campaign, fresh_database: Database
) -> None:
    with committing() as session:
        session.get_one(Campaign, campaign.id).closes_at = clock.now() - timedelta(seconds=1)
    answer = form()
    assert "The deadline of this campaign has passed" in plain(answer.text)
    assert rows(fresh_database, Pledge) == []


def test_a_gift_is_only_for_who_knows_its_address(
    client: FlaskClient, gift: str, campaign: Campaign
) -> None:
    for address in ("/giften/raad-maar", "/giften/raad-maar/terug"):
        assert client.get(address).status_code == 404
    assert client.post("/giften/raad-maar/betalen").status_code == 404
    answer = client.get(gift)
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.get("/acties/bestaat-niet/geef").status_code == 404


def test_who_could_not_be_paid_back_finds_how_to_reach_us(
    client: FlaskClient, committing: Committing, campaign: Campaign
) -> None:
    with committing():
        pledge = PledgeFactory(
            campaign=campaign,
            status="unclaimed",
            refund_reason="campaign_failed",
            refund_asked_at=clock.now(),
        )
    text = client.get(f"/giften/{pledge.token}", headers={"Accept-Language": "en"}).text
    main = text.partition("<main")[2].partition("</main>")[0]
    assert "We keep" in main
    assert 'href="/contact"' in main


def test_a_signed_in_donor_finds_their_name_filled_in(
    signed_in: SignIn, committing: Committing, campaign: Campaign
) -> None:
    with committing():
        anna = PersonFactory(name="Anna Bakker")
    browser = signed_in(anna)
    assert 'value="Anna Bakker"' in browser.get(f"/acties/{campaign.slug}/geef").text
