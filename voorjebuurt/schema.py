"""Every table of the application in one metadata: for migrations and for starting up."""

from voorjebuurt.abuse import models as abuse
from voorjebuurt.attachments import models as attachments
from voorjebuurt.audit import models as audit
from voorjebuurt.campaigns import models as campaigns
from voorjebuurt.campaigns.coaching import models as coaching
from voorjebuurt.campaigns.follow import models as follows
from voorjebuurt.campaigns.funders import models as funders
from voorjebuurt.campaigns.gallery import models as gallery
from voorjebuurt.campaigns.live import models as live
from voorjebuurt.campaigns.members import models as campaign_members
from voorjebuurt.campaigns.needs import models as needs
from voorjebuurt.campaigns.questions import models as campaign_questions
from voorjebuurt.campaigns.rewards import models as rewards
from voorjebuurt.campaigns.updates import models as updates
from voorjebuurt.campaigns.visits import models as visits
from voorjebuurt.decisions import inquiry_models as inquiries
from voorjebuurt.decisions import intention_models as intentions
from voorjebuurt.decisions import last_term_models as last_terms
from voorjebuurt.decisions import models as decisions
from voorjebuurt.decisions import objection_models as objections
from voorjebuurt.decisions import paper_models
from voorjebuurt.decisions import plan_models as plans
from voorjebuurt.decisions.budgets import models as budgets
from voorjebuurt.decisions.calendars import models as calendars
from voorjebuurt.decisions.case_letters import models as case_notices
from voorjebuurt.decisions.filters import models as filters
from voorjebuurt.decisions.posting import models as posting
from voorjebuurt.kernel import counters, heartbeat
from voorjebuurt.kernel.db import Base
from voorjebuurt.ledger import models as ledger
from voorjebuurt.mail import models as mail
from voorjebuurt.matching import models as matching
from voorjebuurt.matching.applicants import models as applicants
from voorjebuurt.matching.questions import models as questions
from voorjebuurt.owndata import models as owndata
from voorjebuurt.ownwords import models as ownwords
from voorjebuurt.payments import models as payments
from voorjebuurt.payouts import models as payouts
from voorjebuurt.payouts.checklist import models as checklist
from voorjebuurt.people import models as people
from voorjebuurt.people.viewings import models as viewings
from voorjebuurt.places import models as places
from voorjebuurt.pledges import models as pledges
from voorjebuurt.pledges.by_hand import models as by_hand
from voorjebuurt.pledges.comparison import models as comparison
from voorjebuurt.pledges.corrections import models as corrections
from voorjebuurt.pledges.dedications import models as dedications
from voorjebuurt.pledges.gift_receipts import models as gift_receipts
from voorjebuurt.pledges.monthly import models as monthly
from voorjebuurt.pledges.near_miss import models as near_misses
from voorjebuurt.pledges.rewards import models as reward_choices
from voorjebuurt.pledges.sums import models as sums
from voorjebuurt.pledges.thanks import models as thanks
from voorjebuurt.pledges.tins import models as tins

KERNEL = (counters, heartbeat)
FEATURES = (
    abuse,
    applicants,
    attachments,
    audit,
    budgets,
    calendars,
    campaign_members,
    campaign_questions,
    campaigns,
    case_notices,
    checklist,
    coaching,
    funders,
    comparison,
    corrections,
    decisions,
    dedications,
    filters,
    inquiries,
    follows,
    intentions,
    last_terms,
    ledger,
    mail,
    matching,
    objections,
    owndata,
    ownwords,
    payments,
    payouts,
    people,
    places,
    plans,
    pledges,
    questions,
    updates,
    viewings,
    monthly,
    near_misses,
    thanks,
    by_hand,
    tins,
    paper_models,
    posting,
    gift_receipts,
    needs,
    live,
    gallery,
    reward_choices,
    rewards,
    visits,
    sums,
)

metadata = Base.metadata
