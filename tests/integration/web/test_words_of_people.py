"""On a page in another language what people wrote says that it is Dutch."""

import re
from collections.abc import Iterator

from flask.testing import FlaskClient
from lxml import html

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import ApplicationFactory, open_fund
from tests.support.factories.people import PersonFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.promised import from_the_start

WRITTEN = re.compile(r"Zzz\w+")
"""How everything that people wrote here begins."""
UNMARKED = frozenset({"title", "meta", "option", "script", "textarea"})
"""Elements that hold text only, and can't say the language of a part of it."""
FIELDS = ("summary", "story", "for_whom", "leftovers", "worse_off", "needs", "location")


def unmarked_words(page: bytes) -> Iterator[str]:
    """What people wrote that stands in no element with ``lang="nl"``."""
    for element in html.fromstring(page).iter():
        if not isinstance(element.tag, str) or element.tag in UNMARKED:
            continue
        for words, holder in ((element.text, element), (element.tail, element.getparent())):
            if words and WRITTEN.search(words) and holder is not None and not _is_dutch(holder):
                yield words.strip()


def _is_dutch(element: html.HtmlElement) -> bool:
    languages = (each.get("lang") for each in (element, *element.iterancestors()))
    return next((language for language in languages if language), None) == "nl"


def test_words_of_people_on_english_pages_say_that_they_are_dutch(
    signed_in: SignIn, committing: Committing
) -> None:
    with committing() as session:
        person = PersonFactory(name="Zzznaam")
        words = {name: f"Zzz{name}" for name in FIELDS}
        campaign = CampaignFactory(
            status="live", slug="bomen", title="Zzztitel", group_name="Zzzgroep", initiator=person
        )
        with from_the_start(session):
            for name, text in words.items():
                setattr(campaign, name, text)
        PledgeFactory(campaign=campaign, name="Zzzgever", message="Zzzbericht", status="booked")
        fund = open_fund(name="Zzzfonds", slug="fonds")
        ApplicationFactory(fund=fund, campaign=campaign, reach="Zzzbereik")
    browser = signed_in(person)
    mine = f"/mijn/acties/{campaign.id}"
    for path in (
        *("/", "/acties", "/acties/bomen", "/acties/bomen/geef", "/fondsen", "/fondsen/fonds"),
        *("/mijn/acties", mine, f"{mine}/matchgeld", f"{mine}/rekening"),
    ):
        page = _english(browser, path)
        assert list(unmarked_words(page)) == [], path


def _english(browser: FlaskClient, path: str) -> bytes:
    answer = browser.get(f"{path}?taal=en", follow_redirects=True)
    page = answer.get_data()
    assert html.fromstring(page).get("lang") == "en"
    assert WRITTEN.search(answer.get_data(as_text=True))
    return page
