"""A campaign that several run, with all that waits: an invitation, a handover, an account."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.browser.long_words import LONG_NAME, LONG_TITLE, Values
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.members import join, signer_of
from voorjebuurt.campaigns.members.models import CampaignInvitation
from voorjebuurt.campaigns.members.queries import members_of
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.together.invitations import invite
from voorjebuurt.campaigns.together.service import ask_handover, leave
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.payouts.payees import submit_payee
from voorjebuurt.people.models import Person

IBAN = "NL91ABNA0417164300"


def member_values(session: Session, resident: Person, sealer: Sealer) -> dict[str, list[Values]]:
    """The addresses of its pages, as the resident who runs it sees them, and staff."""
    resident.verified_at = resident.verified_at or clock.now()
    first, second = _asked(session, resident, sealer), _signed(session, resident)
    former = CampaignFactory(status="live", title="Niemand leidt dit plein")
    session.flush()
    leave(session, campaign_id=former.id, actor=signer_of(former))
    own = [{"campaign_id": each.id} for each in (first, second)]
    return {
        "resident.show_members": own,
        "resident.leave_campaign": own,
        "resident.take_over": [{"campaign_id": first.id}],
        "resident.show_invitation": [{"invitation_id": _invitation(session, resident)}],
        "staff.invite_initiator": [{"campaign_id": former.id}],
    }


def _asked(session: Session, resident: Person, sealer: Sealer) -> Campaign:
    """Another signs, asks the resident to, and proposes an account."""
    campaign = CampaignFactory(status="live", initiator=PersonFactory(name=LONG_NAME))
    join(session, campaign, resident)
    row = members_of(session, campaign.id)[1]
    ask_handover(session, campaign_id=campaign.id, member_id=row.id, actor=signer_of(campaign))
    submit_payee(
        session,
        campaign_id=campaign.id,
        holder=LONG_NAME[:60],
        iban=IBAN,
        cooling_off_days=7,
        sealer=sealer,
        actor=signer_of(campaign),
    )
    return campaign


def _signed(session: Session, resident: Person) -> Campaign:
    """The resident signs, with others; somebody else is invited."""
    campaign = CampaignFactory(status="live", initiator=resident, title=LONG_TITLE)
    join(session, campaign, PersonFactory(name=LONG_NAME), is_public=True)
    invite(
        session,
        campaign_id=campaign.id,
        email="iemand.met.een.lang.adres@voorbeeld.example",
        locale="nl",
        actor=actor_of(resident),
    )
    return campaign


def _invitation(session: Session, resident: Person) -> object:
    campaign = CampaignFactory(status="live", title=LONG_TITLE)
    session.flush()
    invite(
        session,
        campaign_id=campaign.id,
        email=resident.email,
        locale="nl",
        actor=signer_of(campaign),
    )
    statement = select(CampaignInvitation.id).where(CampaignInvitation.email == resident.email)
    return session.scalars(statement).one()
