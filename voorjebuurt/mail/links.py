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


def present(token: str) -> str:
    """Where who gets a gift as a present reads that, and follows the campaign."""
    return f"/cadeau/{token}"


def gift_logo(token: str) -> str:
    """Where a group that gave sends its logo, or takes it away."""
    return f"/giften/{token}/logo"


def gift_address(token: str) -> str:
    """Where the new address of a gift confirms that it is its reader's."""
    return f"/gift-adres/{token}"


def gift_return(token: str) -> str:
    """Where the payment provider sends the donor's browser back to."""
    return f"/giften/{token}/terug"


def monthly_gift(token: str) -> str:
    """Where a donor sees, changes and stops what they give each month."""
    return f"/maandgiften/{token}"


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


def need_offer(token: str) -> str:
    """Where somebody confirms the help that they offer, or takes it back."""
    return f"/hulp/{token}"


def my_offers(campaign_id: UUID) -> str:
    """Where the initiator reads what help is offered."""
    return f"/mijn/acties/{campaign_id}/hulp/aanbod"


def start_campaign() -> str:
    """Where anybody begins a campaign."""
    return "/mijn/acties/nieuw"


def my_campaign(campaign_id: UUID) -> str:
    """The initiator's desk for one campaign."""
    return f"/mijn/acties/{campaign_id}"


def my_updates(campaign_id: UUID) -> str:
    """Where the initiator writes and finds updates."""
    return f"/mijn/acties/{campaign_id}/nieuws"


def update(slug: str, number: int) -> str:
    """An update's own page."""
    return f"/acties/{slug}/nieuws/{number}"


def gift_updates(token: str) -> str:
    """All updates of the campaign that a gift went to, also those for donors only."""
    return f"/giften/{token}/nieuws"


def campaign_question(token: str) -> str:
    """Where somebody confirms what they asked about a campaign, or takes it back."""
    return f"/vragen/{token}"


def abuse_report(token: str) -> str:
    """Where who reported abuse confirms the address, answers staff, and reads the outcome."""
    return f"/misbruik/melding/{token}"


def campaign_questions(slug: str) -> str:
    """What was asked about a campaign, with the answers."""
    return f"/acties/{slug}/vragen"


def my_question(campaign_id: UUID, question_id: UUID) -> str:
    """Where the initiator answers a question."""
    return f"/mijn/acties/{campaign_id}/vragen/{question_id}"


def follows(token: str) -> str:
    """Where somebody sees, confirms and ends what their address follows."""
    return f"/volgen/{token}"


def ask_follows() -> str:
    """Where somebody asks for the link to what their address follows."""
    return "/volgen"


def my_near_miss(campaign_id: UUID) -> str:
    """Where the initiator changes the plan of a campaign that nearly made it."""
    return f"/mijn/acties/{campaign_id}/tweede-kans"


def my_members(campaign_id: UUID) -> str:
    """Where everybody who runs a campaign sees who does, and invites somebody."""
    return f"/mijn/acties/{campaign_id}/samen"


def my_coach_edits(campaign_id: UUID) -> str:
    """Where an initiator sees what a coach changed, and says yes or no."""
    return f"/mijn/acties/{campaign_id}/coach"


def my_talk(campaign_id: UUID) -> str:
    """Where who runs a plan talks with the coach."""
    return f"/mijn/acties/{campaign_id}/gesprek"


def talk(campaign_id: UUID) -> str:
    """The same, for a coach."""
    return f"/coach/acties/{campaign_id}/gesprek"


def my_invitation(invitation_id: UUID) -> str:
    """Where who is invited to run a campaign too says yes or no."""
    return f"/mijn/uitnodigingen/{invitation_id}"


def staff_campaign(campaign_id: UUID) -> str:
    """A campaign as staff see it."""
    return f"/beheer/acties/{campaign_id}"


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


def campaign_changes(slug: str) -> str:
    """What was changed on a campaign's page."""
    return f"/acties/{slug}/wijzigingen"


def staff_desk() -> str:
    """Where staff find what waits for them."""
    return "/beheer"


def staff_week(week: str) -> str:
    """The numbers of one week (``2026-48``), for staff."""
    return f"/beheer/cijfers-van-de-week?week={week}"


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


def own_gifts(token: str) -> str:
    """Where the reader of an address finds the gifts that were made with it."""
    return f"/mijn-giften/{token}"
