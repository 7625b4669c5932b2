"""What to read of the database for each list of somebody's own data: by address, and by person."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, cast, false, func, or_, select

from voorjebuurt.abuse.models import AbuseReport
from voorjebuurt.attachments.models import Attachment
from voorjebuurt.campaigns.follow.models import Follow
from voorjebuurt.campaigns.members.acting import runs
from voorjebuurt.campaigns.members.models import CampaignInvitation, CampaignMember
from voorjebuurt.campaigns.models import Campaign, ReviewNote
from voorjebuurt.campaigns.needs.models import Need, NeedOffer
from voorjebuurt.campaigns.questions.models import CampaignQuestion
from voorjebuurt.campaigns.rewards.models import Reward
from voorjebuurt.campaigns.updates.models import CampaignUpdate
from voorjebuurt.decisions.inquiry_models import Inquiry
from voorjebuurt.decisions.intention_models import Intention
from voorjebuurt.decisions.models import Accounting, Objection, Stake
from voorjebuurt.decisions.plan_models import PlanRequest
from voorjebuurt.mail.addresses import is_addressed_to
from voorjebuurt.mail.models import MailChoice, MailMessage
from voorjebuurt.matching.applicants.models import Applicant
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.matching.questions.models import FundQuestion
from voorjebuurt.owndata import items
from voorjebuurt.payouts.models import Payee
from voorjebuurt.people.models import AddressChange, Passkey, SignIn
from voorjebuurt.places.models import PlaceWish
from voorjebuurt.pledges.dedications.models import Dedication, GroupLogo
from voorjebuurt.pledges.models import Pledge, UnmatchedGiver
from voorjebuurt.pledges.near_miss.models import NearMissAnswer
from voorjebuurt.pledges.rewards.models import RewardChoice
from voorjebuurt.pledges.thanks.models import Thanks

Rows = Select[*tuple[Any, ...]]
Statement = Callable[[str, UUID | None], Rows]


def _is(column: Any, person_id: UUID | None) -> ColumnElement[bool]:
    return false() if person_id is None else column == person_id


def payees(person_id: UUID | None) -> Rows:
    """The accounts that somebody gave, as rows: their numbers are sealed."""
    return (
        select(Payee, Campaign.title)
        .join(Campaign, Campaign.id == Payee.campaign_id)
        .where(_is(Payee.submitted_by, person_id))
        .order_by(Payee.submitted_at.desc(), Payee.id.desc())
    )


def _gifts(email: str, person_id: UUID | None) -> Rows:
    table = Pledge.__table__.c
    names = [field.name for field in fields(items.OwnGift) if field.name in table]
    number = func.upper(func.right(cast(Pledge.id, String), 12))
    choice = (
        select(NearMissAnswer.answer)
        .where(NearMissAnswer.pledge_id == Pledge.id)
        .order_by(NearMissAnswer.answered_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(
            number.label("number"),
            Campaign.title.label("campaign"),
            choice.label("choice"),
            *(table[n] for n in names),
        )
        .join(Campaign, Campaign.id == Pledge.campaign_id)
        .where(or_(Pledge.email == email, _is(Pledge.donor_id, person_id)))
        .order_by(Pledge.created_at.desc(), Pledge.id.desc())
    )


def _rewards(email: str, person_id: UUID | None) -> Rows:
    table = RewardChoice.__table__.c
    names = [field.name for field in fields(items.OwnReward) if field.name in table]
    return (
        select(
            Campaign.title.label("campaign"),
            Reward.title.label("title"),
            *(table[name] for name in names),
        )
        .join(Reward, Reward.id == RewardChoice.reward_id)
        .join(Pledge, Pledge.id == RewardChoice.pledge_id)
        .join(Campaign, Campaign.id == Pledge.campaign_id)
        .where(or_(Pledge.email == email, _is(Pledge.donor_id, person_id)))
        .order_by(RewardChoice.chosen_at.desc(), RewardChoice.pledge_id.desc())
    )


def _dedications(email: str, person_id: UUID | None) -> Rows:
    """Of one's own gifts, and the presents that are told to the address."""
    table = Dedication.__table__.c
    names = [field.name for field in fields(items.OwnDedication) if field.name in table]
    is_for_me = func.coalesce(Dedication.email == email, false())
    return (
        select(
            Campaign.title.label("campaign"),
            is_for_me.label("for_me"),
            *(table[name] for name in names),
            GroupLogo.picture.label("logo"),
            GroupLogo.sent_at.label("logo_sent_at"),
            GroupLogo.verdict.label("logo_verdict"),
            GroupLogo.reason.label("logo_reason"),
        )
        .outerjoin(GroupLogo, GroupLogo.pledge_id == Dedication.pledge_id)
        .join(Pledge, Pledge.id == Dedication.pledge_id)
        .join(Campaign, Campaign.id == Pledge.campaign_id)
        .where(or_(Pledge.email == email, is_for_me, _is(Pledge.donor_id, person_id)))
        .order_by(Pledge.created_at.desc(), Pledge.id.desc())
    )


def _help(email: str, _person_id: UUID | None) -> Rows:
    table = NeedOffer.__table__.c
    names = [field.name for field in fields(items.OwnHelp) if field.name in table]
    return (
        select(
            Campaign.title.label("campaign"),
            Need.title.label("need"),
            *(table[name] for name in names),
        )
        .join(Need, Need.id == NeedOffer.need_id)
        .join(Campaign, Campaign.id == Need.campaign_id)
        .where(NeedOffer.email == email)
        .order_by(NeedOffer.offered_at.desc(), NeedOffer.id.desc())
    )


def _campaigns(_email: str, person_id: UUID | None) -> Rows:
    """Not what a guest began with the address: that is its reader's once they confirm it."""
    table = Campaign.__table__.c
    return (
        select(*(table[field.name] for field in fields(items.OwnCampaign)))
        .where(runs(person_id))
        .order_by(Campaign.created_at.desc(), Campaign.id.desc())
    )


def _memberships(_email: str, person_id: UUID | None) -> Rows:
    table = CampaignMember
    return (
        select(Campaign.title.label("campaign"), table.is_public, table.joined_at, table.left_at)
        .join(Campaign, Campaign.id == table.campaign_id)
        .where(_is(table.person_id, person_id), Campaign.guest_name.is_(None))
        .order_by(table.joined_at.desc(), table.id.desc())
    )


def _campaign_invitations(email: str, _person_id: UUID | None) -> Rows:
    table = CampaignInvitation
    return (
        select(Campaign.title.label("campaign"), table.invited_at, table.ends_at)
        .join(Campaign, Campaign.id == table.campaign_id)
        .where(table.email == email)
        .order_by(table.invited_at.desc(), table.id.desc())
    )


def _messages(_email: str, person_id: UUID | None) -> Rows:
    return (
        select(Campaign.title.label("campaign"), ReviewNote.body, ReviewNote.at)
        .join(Campaign, Campaign.id == ReviewNote.campaign_id)
        .where(_is(ReviewNote.author_id, person_id))
        .order_by(ReviewNote.at.desc(), ReviewNote.id.desc())
    )


def _applications(_email: str, person_id: UUID | None) -> Rows:
    return (
        select(
            Application.number,
            Campaign.title.label("campaign"),
            Fund.name.label("fund"),
            Application.status,
            Application.reach,
            Application.received_at,
            Application.decide_by,
        )
        .join(Campaign, Campaign.id == Application.campaign_id)
        .join(Fund, Fund.id == Application.fund_id)
        .where(_is(Application.applicant_id, person_id))
        .order_by(Application.received_at.desc(), Application.id.desc())
    )


def _sign_ins(_email: str, person_id: UUID | None) -> Rows:
    return (
        select(SignIn.device, SignIn.opened_at, SignIn.last_used_at, SignIn.ended_at)
        .where(_is(SignIn.person_id, person_id))
        .order_by(SignIn.opened_at.desc(), SignIn.id.desc())
    )


def _mails(email: str, _person_id: UUID | None) -> Rows:
    return (
        select(
            MailMessage.template.label("kind"),
            MailMessage.subject,
            MailMessage.created_at,
            MailMessage.sent_at,
        )
        .where(is_addressed_to(email))
        .order_by(MailMessage.created_at.desc(), MailMessage.id.desc())
    )


def _objections(_email: str, person_id: UUID | None) -> Rows:
    return (
        select(
            Objection.number,
            Application.number.label("application"),
            Objection.grounds,
            Objection.status,
            Objection.received_at,
            Objection.decide_by,
            Objection.outcome,
        )
        .join(Application, Application.id == Objection.application_id)
        .where(_is(Application.applicant_id, person_id))
        .order_by(Objection.received_at.desc(), Objection.id.desc())
    )


def _views(_email: str, person_id: UUID | None) -> Rows:
    return (
        select(
            Intention.number,
            Application.number.label("application"),
            Intention.kind,
            Intention.reason,
            Intention.until,
            Intention.status,
            Intention.answer,
            Intention.received_on,
        )
        .join(Application, Application.id == Intention.application_id)
        .where(_is(Application.applicant_id, person_id))
        .order_by(Intention.stated_at.desc(), Intention.id.desc())
    )


def _proof(_email: str, person_id: UUID | None) -> Rows:
    table = Inquiry.__table__.c
    names = [field.name for field in fields(items.OwnProof) if field.name != "application"]
    return (
        select(*(table[name] for name in names), Application.number.label("application"))
        .join(Application, Application.id == Inquiry.application_id)
        .where(_is(Application.applicant_id, person_id))
        .order_by(Inquiry.asked_at.desc(), Inquiry.id.desc())
    )


def _plan_requests(_email: str, person_id: UUID | None) -> Rows:
    return (
        select(
            Application.number.label("application"),
            PlanRequest.asked_at,
            PlanRequest.wish_on,
            PlanRequest.activities,
            PlanRequest.reason,
            PlanRequest.status,
        )
        .join(Application, Application.id == PlanRequest.application_id)
        .where(_is(Application.applicant_id, person_id))
        .order_by(PlanRequest.asked_at.desc(), PlanRequest.id.desc())
    )


def _accountings(_email: str, person_id: UUID | None) -> Rows:
    return (
        select(
            Application.number.label("application"),
            Accounting.spent_cents,
            Accounting.story,
            Accounting.lines,
            Accounting.receipts,
            Accounting.at,
        )
        .join(Application, Application.id == Accounting.application_id)
        .where(_is(Accounting.by, person_id))
        .order_by(Accounting.at.desc(), Accounting.id.desc())
    )


def _boards(email: str, person_id: UUID | None) -> Rows:
    """Where the address was named, and whom this person named."""
    return (
        select(Campaign.title.label("campaign"), UnmatchedGiver.email, UnmatchedGiver.added_at)
        .join(Campaign, Campaign.id == UnmatchedGiver.campaign_id)
        .where(or_(UnmatchedGiver.email == email, _is(UnmatchedGiver.added_by, person_id)))
        .order_by(UnmatchedGiver.added_at.desc(), UnmatchedGiver.id.desc())
    )


def _follows(email: str, _person_id: UUID | None) -> Rows:
    return (
        select(
            Campaign.title.label("campaign"),
            Follow.area_code,
            Follow.theme,
            Follow.asked_at,
            Follow.confirmed_at,
        )
        .outerjoin(Campaign, Campaign.id == Follow.campaign_id)
        .where(Follow.email == email)
        .order_by(Follow.asked_at.desc(), Follow.id)
    )


def _campaign_questions(email: str, _person_id: UUID | None) -> Rows:
    return (
        select(
            Campaign.title.label("campaign"),
            CampaignQuestion.name,
            CampaignQuestion.text,
            CampaignQuestion.answer,
            CampaignQuestion.asked_at,
            CampaignQuestion.confirmed_at,
        )
        .join(Campaign, Campaign.id == CampaignQuestion.campaign_id)
        .where(CampaignQuestion.email == email)
        .order_by(CampaignQuestion.asked_at.desc(), CampaignQuestion.id)
    )


def _abuse_reports(email: str, _person_id: UUID | None) -> Rows:
    return (
        select(
            Campaign.title.label("campaign"),
            AbuseReport.text,
            AbuseReport.reply,
            AbuseReport.answer,
            AbuseReport.reported_at,
            AbuseReport.decided_at,
        )
        .join(Campaign, Campaign.id == AbuseReport.campaign_id)
        .where(AbuseReport.email == email)
        .order_by(AbuseReport.reported_at.desc(), AbuseReport.id)
    )


def _thanks(_email: str, person_id: UUID | None) -> Rows:
    return (
        select(Campaign.title.label("campaign"), Thanks.body, Thanks.sent_at)
        .join(Campaign, Campaign.id == Thanks.campaign_id)
        .where(_is(Thanks.sent_by, person_id))
        .order_by(Thanks.sent_at.desc(), Thanks.id)
    )


def _updates(_email: str, person_id: UUID | None) -> Rows:
    return (
        select(
            Campaign.title.label("campaign"),
            CampaignUpdate.title,
            CampaignUpdate.body,
            CampaignUpdate.audience,
            CampaignUpdate.written_at,
            CampaignUpdate.published_at,
        )
        .join(Campaign, Campaign.id == CampaignUpdate.campaign_id)
        .where(_is(CampaignUpdate.written_by, person_id))
        .order_by(CampaignUpdate.written_at.desc(), CampaignUpdate.id)
    )


def _wishes(email: str, _person_id: UUID | None) -> Rows:
    return (
        select(PlaceWish.place, PlaceWish.asked_at, PlaceWish.confirmed_at)
        .where(PlaceWish.email == email)
        .order_by(PlaceWish.asked_at.desc(), PlaceWish.id.desc())
    )


def _questions(email: str, _person_id: UUID | None) -> Rows:
    return (
        select(
            Fund.name.label("fund"),
            FundQuestion.text,
            FundQuestion.asked_at,
            FundQuestion.confirmed_at,
        )
        .join(Fund, Fund.id == FundQuestion.fund_id)
        .where(FundQuestion.email == email)
        .order_by(FundQuestion.asked_at.desc(), FundQuestion.id.desc())
    )


def _mail_choices(_email: str, person_id: UUID | None) -> Rows:
    return (
        select(MailChoice.kind, MailChoice.cadence, MailChoice.chosen_at)
        .where(_is(MailChoice.person_id, person_id))
        .order_by(MailChoice.kind)
    )


def _passkeys(_email: str, person_id: UUID | None) -> Rows:
    return (
        select(Passkey.label, Passkey.created_at, Passkey.last_used_at)
        .where(_is(Passkey.person_id, person_id))
        .order_by(Passkey.created_at.desc(), Passkey.id.desc())
    )


def _address_changes(_email: str, person_id: UUID | None) -> Rows:
    table = AddressChange.__table__.c
    return (
        select(*(table[field.name] for field in fields(items.OwnAddressChange)))
        .where(_is(AddressChange.person_id, person_id))
        .order_by(AddressChange.asked_at.desc(), AddressChange.id.desc())
    )


def _stakes(_email: str, person_id: UUID | None) -> Rows:
    return (
        select(Campaign.title.label("campaign"), Stake.reason, Stake.at)
        .join(Campaign, Campaign.id == Stake.campaign_id)
        .where(_is(Stake.person_id, person_id))
        .order_by(Stake.at.desc(), Stake.id.desc())
    )


def _applicants(_email: str, person_id: UUID | None) -> Rows:
    table = Applicant.__table__.c
    names = [field.name for field in fields(items.OwnApplicant) if field.name in table]
    return (
        select(Application.number, *(table[name] for name in names))
        .join(Application, Application.id == Applicant.application_id)
        .where(_is(Application.applicant_id, person_id))
        .order_by(Application.received_at.desc(), Application.id.desc())
    )


def _attachments(_email: str, person_id: UUID | None) -> Rows:
    table = Attachment.__table__.c
    return (
        select(*(table[field.name] for field in fields(items.OwnAttachment)))
        .where(_is(Attachment.uploader_id, person_id), Attachment.removed_at.is_(None))
        .order_by(Attachment.added_at.desc(), Attachment.id.desc())
    )


LISTS: Mapping[str, tuple[type, Statement]] = {
    "gifts": (items.OwnGift, _gifts),
    "rewards": (items.OwnReward, _rewards),
    "dedications": (items.OwnDedication, _dedications),
    "help": (items.OwnHelp, _help),
    "campaigns": (items.OwnCampaign, _campaigns),
    "memberships": (items.OwnMembership, _memberships),
    "campaign_invitations": (items.OwnCampaignInvitation, _campaign_invitations),
    "messages": (items.OwnMessage, _messages),
    "applications": (items.OwnApplication, _applications),
    "applicants": (items.OwnApplicant, _applicants),
    "attachments": (items.OwnAttachment, _attachments),
    "objections": (items.OwnObjection, _objections),
    "views": (items.OwnViews, _views),
    "proof": (items.OwnProof, _proof),
    "plan_requests": (items.OwnPlanRequest, _plan_requests),
    "accountings": (items.OwnAccounting, _accountings),
    "boards": (items.OwnBoardAddress, _boards),
    "wishes": (items.OwnWish, _wishes),
    "follows": (items.OwnFollow, _follows),
    "campaign_questions": (items.OwnCampaignQuestion, _campaign_questions),
    "abuse_reports": (items.OwnAbuseReport, _abuse_reports),
    "updates": (items.OwnUpdate, _updates),
    "thanks": (items.OwnThanks, _thanks),
    "questions": (items.OwnQuestion, _questions),
    "mail_choices": (items.OwnMailChoice, _mail_choices),
    "passkeys": (items.OwnPasskey, _passkeys),
    "address_changes": (items.OwnAddressChange, _address_changes),
    "stakes": (items.OwnStake, _stakes),
    "sign_ins": (items.OwnSignIn, _sign_ins),
    "mails": (items.OwnMail, _mails),
}
"""The lists of ``OwnData`` with the kind of their items, but for accounts (``payees``)."""
