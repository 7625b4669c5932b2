"""In whose name a gift is, or for whom: one kind, of known donors, hidden and erased with it."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.giving import close, paid, pledge
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.pledges.dedications.choosing import change_dedication, dedicate
from voorjebuurt.pledges.dedications.models import Dedication
from voorjebuurt.pledges.dedications.rules import DedicationKind, DedicationWish
from voorjebuurt.pledges.erasing.detaching import detach_donor
from voorjebuurt.pledges.gift_lists.queries import listed_gifts
from voorjebuurt.pledges.gift_receipts.queries import own_gifts
from voorjebuurt.pledges.models import HiddenWords, MatchClaim, Pledge
from voorjebuurt.pledges.queries import public_contributions

GROUP = DedicationWish(
    DedicationKind.GROUP,
    "Bakkerij Visser",
    company_number="12 34 56 78",
    street="Dorpsstraat 1",
    postcode="1234 AB",
    town="Ergens",
)
MEMORY = DedicationWish(DedicationKind.MEMORY, "Oma Riet", words="Zij hield van dit plein.")


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live")


def given(session: Session, campaign: Campaign, wish: DedicationWish, **values: object) -> Pledge:
    gift = paid(session, campaign, **values)[0]
    dedicate(session, pledge=gift, wish=wish)
    return gift


def test_a_group_is_named_in_place_of_the_donor_where_the_name_may_be_seen(
    session: Session, campaign: Campaign
) -> None:
    given(session, campaign, GROUP)
    (row,) = public_contributions(session, campaign.id, limit=9)
    assert (row.name, row.tribute) == ("Bakkerij Visser", None)
    session.execute(update(Pledge).values(name_public=False))
    (row,) = public_contributions(session, campaign.id, limit=9)
    (list_row,) = listed_gifts(session, campaign.id)
    assert (row.name, list_row.name) == (None, None)


def test_a_receipt_is_in_the_groups_name_with_its_address(
    session: Session, campaign: Campaign
) -> None:
    given(session, campaign, GROUP)
    given(session, campaign, MEMORY)
    of_memory, of_group = own_gifts(session, email="noor@voorbeeld.example", person_id=None)
    assert of_group.name == "Bakkerij Visser"
    assert of_group.books == ("12345678", "Dorpsstraat 1", "1234 AB Ergens")
    assert (of_memory.name, of_memory.books) == ("Noor Visser", ())


def test_a_memory_is_on_the_page_only_as_its_donor_wants_and_staff_allow(
    session: Session, campaign: Campaign
) -> None:
    gift = given(session, campaign, MEMORY)

    def shown() -> list[str | None]:
        (page,) = public_contributions(session, campaign.id, limit=9)
        (list_row,) = listed_gifts(session, campaign.id)
        return [page.tribute, page.tribute_name, page.tribute_words, list_row.tribute_name]

    assert shown() == [None, "", "", ""]
    wish = DedicationWish(DedicationKind.MEMORY, MEMORY.name, MEMORY.words, on_page=True)
    change_dedication(session, token=gift.token, wish=wish, actor=GUEST)
    assert shown() == ["memory", "Oma Riet", "Zij hield van dit plein.", "Oma Riet"]
    session.add(
        HiddenWords(pledge_id=gift.id, part="dedication", reason="x", hidden_at=clock.now())
    )
    session.flush()
    assert shown() == [None, "", "", ""]


def test_what_funds_count_is_the_same_with_and_without_a_group(
    session: Session, campaign: Campaign
) -> None:
    """One address is one donor, as a person or for a group; nothing else of it is counted."""
    own = paid(session, campaign)[0]
    gift = pledge(session, campaign)
    dedicate(session, pledge=gift, wish=GROUP)
    assert (gift.donor_key, gift.matchable, gift.local_code) == (
        own.donor_key,
        own.matchable,
        own.local_code,
    )
    before = session.scalars(select(MatchClaim.donor_key)).all()
    dedicate(session, pledge=own, wish=GROUP)
    session.flush()
    assert session.scalars(select(MatchClaim.donor_key)).all() == before


def test_it_is_corrected_until_the_last_day_is_over(session: Session, campaign: Campaign) -> None:
    gift = given(session, campaign, MEMORY)
    change_dedication(session, token=gift.token, wish=GROUP, actor=GUEST)
    row = session.get_one(Dedication, gift.id)
    assert (row.kind, row.words, row.company_number) == ("group", "", "12345678")
    change_dedication(session, token=gift.token, wish=None, actor=GUEST)
    assert session.get(Dedication, gift.id) is None
    close(session, campaign, wins=False)
    with pytest.raises(DomainError) as refusal:
        change_dedication(session, token=gift.token, wish=GROUP, actor=GUEST)
    assert refusal.value.code == "dedication_stays"


@pytest.mark.parametrize(
    ("wish", "code", "field"),
    [
        (DedicationWish(DedicationKind.GROUP, ""), "dedication_name_missing", "dedication_name"),
        (
            DedicationWish(DedicationKind.GROUP, "B", company_number="1234567"),
            "kvk_wrong",
            "company_number",
        ),
        (
            DedicationWish(DedicationKind.GROUP, "B", company_number="00000000"),
            "kvk_wrong",
            "company_number",
        ),
        (
            DedicationWish(DedicationKind.PRESENT, "B", email="b@elders.example"),
            "present_day_missing",
            "present_day",
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    session: Session, campaign: Campaign, wish: DedicationWish, code: str, field: str
) -> None:
    gift = pledge(session, campaign)
    with pytest.raises(DomainError) as refusal:
        dedicate(session, pledge=gift, wish=wish)
    assert (refusal.value.code, refusal.value.field) == (code, field)


def test_erasing_the_donor_takes_it_away(session: Session, campaign: Campaign) -> None:
    gift = given(session, campaign, MEMORY)
    detach_donor(session, gift)
    session.flush()
    assert session.get(Dedication, gift.id, populate_existing=True) is None


def row_of(gift: Pledge, **values: object) -> Dedication:
    return Dedication(**{"pledge_id": gift.id, "kind": "memory", "name": "Riet", **values})


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "other"},
        {"name": ""},
        {"name": "n" * 81},
        {"words": "w" * 301},
        {"email": "b@elders.example", "tell_on": clock.today()},
        {"company_number": "12345678"},
        {"street": "Dorpsstraat 1"},
        {"kind": "group", "company_number": "1234"},
        {"kind": "group", "on_page": True},
        {"kind": "group", "words": "w"},
        {"kind": "present", "on_page": True},
        {"kind": "present", "email": "b@elders.example"},
        {"kind": "present", "answer": "follow"},
        {"kind": "present", "tell_on": clock.today() + timedelta(days=4000)},
        {"kind": "present", "told_at": clock.now(), "tell_on": clock.today()},
    ],
    ids=lambda values: "-".join(values),
)
def test_the_database_itself_keeps_what_goes_together(
    session: Session, campaign: Campaign, values: dict[str, object]
) -> None:
    gift = paid(session, campaign)[0]
    session.add(row_of(gift, **values))
    with pytest.raises(IntegrityError):
        session.flush()


def test_the_database_itself_gives_one_to_a_gift_and_none_to_who_was_erased(
    session: Session, campaign: Campaign
) -> None:
    gift = given(session, campaign, MEMORY)
    session.expunge_all()
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add(row_of(gift, kind="group"))
        session.flush()
    other = paid(session, session.get_one(Campaign, campaign.id))[0]
    detach_donor(session, other)
    session.flush()
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add(row_of(other))
        session.flush()
