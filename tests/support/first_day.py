"""The first day of a deployment, as its people live it: from the first staff to a gift."""

import re
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import psycopg

from tests.support.faults.donor import Donor
from tests.support.place_files import STATLINE
from tests.support.visitor import PATIENCE_SECONDS, Visitor, browser
from voorjebuurt.kernel import clock

if TYPE_CHECKING:
    from tests.support.new_deployment import Deployment

STAFF = ("anna@buurt.example", "bas@buurt.example")
APPOINTERS = ("mila@testdam.example", "otto@testdam.example")
OFFICER, COACH = "vera@testdam.example", "hugo@buurt.example"
RESIDENT, DONOR = "noor@buurt.example", "noor@voorbeeld.example"
TITLE = "Een bank aan de vaart"


def begin(site: "Deployment") -> None:
    """Every step, timed."""
    site.run("first staff", "people", "invite", "--role", "staff", *STAFF)
    anna, bas = (site.visitor(email) for email in STAFF)
    site.timed("staff sign in, with a second step", lambda: _sign_in_staff(anna, bas))
    site.run("a municipality", "places", "register", "GM7701", "Testdam")
    file = site.folder / "kwb-2024.csv"
    file.write_text(STATLINE)
    site.run("its neighbourhoods", "places", "import", str(file), "--vintage", "2024")
    coach, officer = site.visitor(COACH), site.visitor(OFFICER)
    mila, otto = (site.visitor(email) for email in APPOINTERS)
    site.timed("a coach begins", lambda: _appoint_coach(anna, coach))
    site.timed(
        "the first two officers get the right to appoint",
        lambda: _appoint_first(site, (anna, bas), (mila, otto)),
    )
    site.timed(
        "they invite an officer, who begins a day later",
        lambda: _appoint(site, mila, otto, officer),
    )
    resident = site.visitor(RESIDENT)
    site.timed("a resident begins a campaign", lambda: _begin_campaign(resident))
    site.timed("it is written and handed in", lambda: _hand_in(resident))
    site.timed("the coach opens it", lambda: _open_campaign(coach))
    site.timed("a gift is paid and booked", lambda: _give(site, coach))


def _sign_in_staff(*people: Visitor) -> None:
    for person in people:
        assert "/inloggen" in person.mailbox.next_to(person.email), "the invitation"
        person.sign_in()
        person.set_up_second_factor()
        person.get("/beheer")
        assert person.path == "/beheer"


def _appoint_coach(staff: Visitor, coach: Visitor) -> None:
    """One member of staff makes a coach, at once."""
    coach.sign_in()
    page = _page_of(staff, coach)
    staff.send(page, to=f"{page}/rollen", role="coach")
    coach.set_up_second_factor()
    coach.get("/coach/acties")
    assert coach.path == "/coach/acties"


def _appoint_first(
    site: "Deployment", staff: tuple[Visitor, Visitor], officers: tuple[Visitor, Visitor]
) -> None:
    """One of staff proposes two people of the municipality, after a day another confirms them:
    they may appoint officers, and nothing else.
    """
    anna, bas = staff
    for officer in officers:
        officer.sign_in()
        page = _page_of(anna, officer)
        anna.send(page, to=f"{page}/rollen", role="officer", municipality_id=_place(anna, page))
    _a_day_passes(site)
    for officer in officers:
        page = _page_of(bas, officer)
        waiting = rf'action="({page}/rolvoorstellen/[0-9a-f-]+/bevestigen)"'
        bas.send(page, to=re.findall(waiting, bas.get(page))[0])
        officer.set_up_second_factor()


def _appoint(site: "Deployment", proposer: Visitor, second: Visitor, officer: Visitor) -> None:
    """Officers of the municipality appoint a colleague who was never here, with a mandate."""
    register = "/gemeente/medewerkers"
    page = proposer.get(register)
    form = re.findall(rf'href="({register}/[0-9a-f-]{{36}}/voorstellen)"', page)[0]
    proposer.send(form, email=officer.email, mandate_limit_cents="5.000", scope="all")
    assert "/inloggen" in officer.mailbox.next_to(officer.email), "the invitation"
    _a_day_passes(site)
    waiting = re.findall(
        rf'action="({register}/voorstellen/[0-9a-f-]+/bevestigen)"', second.get(register)
    )
    second.send(register, to=waiting[0])
    officer.sign_in()
    officer.set_up_second_factor()
    officer.get("/gemeente/acties")
    assert officer.path == "/gemeente/acties"


def _place(staff: Visitor, page: str) -> str:
    """The municipality, as the form of a role has it."""
    return str(re.findall(r'<option value="([0-9a-f-]{36})"[^>]*>\s*Testdam', staff.get(page))[0])


def _a_day_passes(site: "Deployment") -> None:
    """The clocks of this machine are not ours to move, so what waits is moved back a day."""
    moments = ("proposed_at", "confirmable_from", "lapses_at")
    changes = ", ".join(f"{name} = {name} - interval '25 hours'" for name in moments)
    with psycopg.connect(site.database_url) as connection:
        connection.execute(f"UPDATE role_proposals SET {changes} WHERE confirmed_at IS NULL")


def _page_of(staff: Visitor, person: Visitor) -> str:
    """The page that staff have of somebody."""
    people = staff.get(f"/beheer/mensen?zoek={person.email}")
    return str(re.findall(r'href="(/beheer/mensen/[0-9a-f-]{36})"', people)[0])


def _begin_campaign(resident: Visitor) -> None:
    """Without an account; nothing of it is mailed to an address that nobody confirmed."""
    page = resident.get("/mijn/acties/nieuw")
    theme = re.findall(r'name="theme"[^>]* value="(\w+)"', page)[0]
    resident.send(
        "/mijn/acties/nieuw",
        title=TITLE,
        summary="Wij zetten een bank neer waar buren elkaar spreken.",
        for_whom="Iedereen die langs de vaart loopt.",
        theme=theme,
        name="Noor Jansen",
        email=resident.email,
    )
    campaign = resident.path.rpartition("/")[0]
    mail = resident.mailbox.next_to(resident.email)
    assert TITLE not in mail, "nobody confirmed this address yet"
    link = re.findall(r"/inloggen/[\w-]{20,}", mail)[0]
    resident.send(link)
    resident.get(f"{campaign}/waar")
    assert resident.path == f"{campaign}/waar"


def _hand_in(resident: Visitor) -> None:
    campaign = resident.path.rpartition("/")[0]
    place = resident.get(f"{campaign}/waar")
    area = re.findall(r'<option value="([0-9a-f-]{36})"[^>]*>\s*De Vaart', place)[0]
    resident.send(f"{campaign}/waar", neighbourhood=area, location="Aan de vaart, bij de brug.")
    last_day = clock.today() + timedelta(days=30)
    resident.send(
        f"{campaign}/begroting",
        **{"lines-0-what": "Een bank", "lines-0-amount": "500,00"},
        kind="all_or_nothing",
        deadline=last_day.isoformat(),
    )
    resident.send(
        f"{campaign}/verhaal",
        story="Bij de brug is geen plek om te zitten. Wij zetten er een bank neer.",
        worse_off="Wie liever geen bank ziet. Wij praten met de buren ertegenover.",
        leftovers="Dan planten wij er een boom bij.",
    )
    resident.send(f"{campaign}/controleren", to=f"{campaign}/indienen")
    assert resident.path == campaign, resident.path


def _open_campaign(coach: Visitor) -> None:
    """Read it and approve it; from then on everybody can see it."""
    queue = coach.get("/coach/acties")
    review = re.findall(r'href="(/coach/acties/[0-9a-f-]{36})"', queue)[0]
    coach.send(review, to=f"{review}/goedkeuren", body="Mooi plan.")
    assert TITLE in Visitor(coach.site, coach.mailbox, "").get("/acties")


def _give(site: "Deployment", anybody: Visitor) -> None:
    """A guest gives, pays at the provider and comes back; the gift is booked and thanked for."""
    page = Visitor(anybody.site, anybody.mailbox, "").get("/acties")
    slug = re.findall(r'href="/acties/([a-z0-9-]*bank[a-z0-9-]*)"', page)[0]
    http = browser()
    http.headers["Accept-Language"] = "en"
    donor = Donor(site.site, http).fill_in(slug, 5000, 200)
    site.provider.pay(donor.checkout())
    donor.come_back()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (state := donor.state) != "booked":
        assert time.monotonic() < deadline, state
        time.sleep(0.2)
    site.mailbox.next_to(DONOR, "50")
