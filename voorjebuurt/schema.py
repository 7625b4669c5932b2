"""Every table of the application in one metadata: for migrations and for starting up."""

from voorjebuurt.attachments import models as attachments
from voorjebuurt.audit import models as audit
from voorjebuurt.campaigns import models as campaigns
from voorjebuurt.decisions import intention_models as intentions
from voorjebuurt.decisions import models as decisions
from voorjebuurt.decisions import objection_models as objections
from voorjebuurt.decisions import paper_models
from voorjebuurt.decisions.calendars import models as calendars
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
from voorjebuurt.people import models as people
from voorjebuurt.places import models as places
from voorjebuurt.pledges import models as pledges
from voorjebuurt.pledges.near_miss import models as near_misses

KERNEL = (counters, heartbeat)
FEATURES = (
    applicants,
    attachments,
    audit,
    calendars,
    campaigns,
    decisions,
    filters,
    intentions,
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
    pledges,
    questions,
    near_misses,
    paper_models,
    posting,
)

metadata = Base.metadata
