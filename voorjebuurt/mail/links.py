"""Addresses of pages that mails point to.

The domain knows no web framework; a house test holds each of these against the URL map.
"""

from uuid import UUID


def sign_in_page() -> str:
    """Where anybody asks for a link to sign in."""
    return "/inloggen"


def sign_in(token: str) -> str:
    """The page that turns a mailed link into a session."""
    return f"/inloggen/{token}"


def security_page() -> str:
    """Where somebody is signed in, and their second step."""
    return "/mijn/beveiliging"


def role_proposal(proposal_id: UUID) -> str:
    """Where everybody who holds a role sees a proposal to give it, and can dismiss that."""
    return f"/mijn/rolvoorstellen/{proposal_id}"


def campaign(slug: str) -> str:
    """A campaign's public page."""
    return f"/acties/{slug}"


def gift(token: str) -> str:
    """A gift's own page."""
    return f"/giften/{token}"


def gift_return(token: str) -> str:
    """Where the payment provider sends the donor's browser back to."""
    return f"/giften/{token}/terug"


def gift_choice(token: str) -> str:
    """Where a donor chooses what happens to a gift when its campaign nearly made it."""
    return f"/giften/{token}/keuze"


def place_wish(token: str) -> str:
    """Where somebody who waits for a municipality confirms their address, or removes it."""
    return f"/gemeente-volgen/{token}"


def fund(slug: str) -> str:
    """A fund's public page."""
    return f"/fondsen/{slug}"


def fund_question(token: str) -> str:
    """Where somebody confirms what they asked about a fund, or takes it back."""
    return f"/fondsvragen/{token}"


def start_campaign() -> str:
    """Where anybody begins a campaign."""
    return "/mijn/acties/nieuw"


def my_campaign(campaign_id: UUID) -> str:
    """The initiator's desk for one campaign."""
    return f"/mijn/acties/{campaign_id}"


def my_near_miss(campaign_id: UUID) -> str:
    """Where the initiator changes the plan of a campaign that nearly made it."""
    return f"/mijn/acties/{campaign_id}/tweede-kans"


def my_payee(campaign_id: UUID) -> str:
    """Where the initiator gives the account that the money should go to."""
    return f"/mijn/acties/{campaign_id}/rekening"


def review(campaign_id: UUID) -> str:
    """The coach's page for one pitch."""
    return f"/coach/acties/{campaign_id}"


def coach_near_miss(campaign_id: UUID) -> str:
    """The coach's page for a changed plan."""
    return f"/coach/tweede-kans/{campaign_id}"


def officer_desk() -> str:
    """The officer's desk: what is due first."""
    return "/gemeente"


def staff_desk() -> str:
    """Where staff find what waits for them."""
    return "/beheer"


def confirm_address(token: str) -> str:
    """Where the new address of a person confirms that it is theirs."""
    return f"/adres/bevestigen/{token}"


def stop_address(token: str) -> str:
    """Where the old address of a person stops the change to another."""
    return f"/adres/stoppen/{token}"


def unsubscribe(message_id: UUID, signature: str) -> str:
    """Where a reader says that they want no more mails of this kind."""
    return f"/afmelden/{message_id}/{signature}"


def my_application(application_id: UUID) -> str:
    """The applicant's page of one application for match money."""
    return f"/mijn/matchgeld/{application_id}"


def own_data(token: str) -> str:
    """Where the reader of an address sees what is kept of it."""
    return f"/gegevens/{token}"
