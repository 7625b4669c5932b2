"""Decisions and objections as rows, for what only needs them to be there.

A decision's snapshot is empty here: what computes or writes letters goes through the services.
"""

from datetime import timedelta

import factory

from tests.support.factories.base import Factory
from tests.support.factories.matching import ApplicationFactory
from tests.support.factories.people import PersonFactory
from voorjebuurt.decisions.inquiry_models import Inquiry
from voorjebuurt.decisions.intention_models import Intention
from voorjebuurt.decisions.models import Decision, Delegation, Objection
from voorjebuurt.decisions.plan_models import PlanRequest
from voorjebuurt.decisions.posting.models import PostedLetter
from voorjebuurt.kernel import clock


class DecisionFactory(Factory[Decision]):
    """A proposed award of € 100 on ``application``."""

    class Meta:
        model = Decision
        exclude = ("application", "proposer")

    application = factory.SubFactory(ApplicationFactory)
    proposer = factory.SubFactory(PersonFactory)

    number = factory.Sequence(lambda number: f"BS-2026-{number:05d}")
    application_id = factory.SelfAttribute("application.id")
    fund_id = factory.SelfAttribute("application.fund_id")
    municipality_id = factory.SelfAttribute("application.municipality_id")
    kind = "award"
    status = "proposed"
    claim_cents = 10_000
    amount_cents = 10_000
    snapshot = "{}"
    snapshot_sha256 = "0" * 64
    proposed_at = factory.LazyFunction(clock.now)
    proposed_by = factory.SelfAttribute("proposer.id")


class DelegationFactory(Factory[Delegation]):
    """Somebody stands in for somebody else this week."""

    class Meta:
        model = Delegation
        exclude = ("absent", "stand_in")

    absent = factory.SubFactory(PersonFactory)
    stand_in = factory.SubFactory(PersonFactory)

    absent_id = factory.SelfAttribute("absent.id")
    stand_in_id = factory.SelfAttribute("stand_in.id")
    from_on = factory.LazyFunction(clock.today)
    until_on = factory.LazyFunction(lambda: clock.today() + timedelta(days=7))
    reason = "Vakantie."
    made_at = factory.LazyFunction(clock.now)
    made_by = factory.SelfAttribute("absent.id")


class ObjectionFactory(Factory[Objection]):
    """An objection in time to ``decision``, that waits for an outcome."""

    class Meta:
        model = Objection
        exclude = ("decision",)

    decision = factory.SubFactory(DecisionFactory)

    number = factory.Sequence(lambda number: f"BZ-2026-{number:05d}")
    decision_id = factory.SelfAttribute("decision.id")
    application_id = factory.SelfAttribute("decision.application_id")
    municipality_id = factory.SelfAttribute("decision.municipality_id")
    received_at = factory.LazyFunction(clock.now)
    channel = "online"
    grounds = "Wij zijn het er niet mee eens."
    in_time = True
    status = "received"
    decide_by = factory.LazyFunction(lambda: clock.today() + timedelta(weeks=12))


class IntentionFactory(Factory[Intention]):
    """An intention to refuse the application of ``decision``, that waits for views."""

    class Meta:
        model = Intention
        exclude = ("decision", "officer")

    decision = factory.SubFactory(DecisionFactory)
    officer = factory.SubFactory(PersonFactory)

    number = factory.Sequence(lambda number: f"VN-2026-{number:04d}")
    application_id = factory.SelfAttribute("decision.application_id")
    municipality_id = factory.SelfAttribute("decision.municipality_id")
    kind = "refusal"
    status = "open"
    amount_cents = 0
    grounds = factory.LazyFunction(lambda: ["will_not_happen"])
    reason = "Er is geen vergunning."
    until = factory.LazyFunction(lambda: clock.today() + timedelta(days=14))
    snapshot = "{}"
    letter = b"%PDF-1.7"
    letter_sha256 = "0" * 64
    announcement = "{}"
    stated_at = factory.LazyFunction(clock.now)
    stated_by = factory.SelfAttribute("officer.id")


class PlanRequestFactory(Factory[PlanRequest]):
    """A request for more time of ``application``, which must be awarded; it is open."""

    class Meta:
        model = PlanRequest
        exclude = ("application",)

    application_id = factory.SelfAttribute("application.id")
    municipality_id = factory.SelfAttribute("application.municipality_id")
    asked_at = factory.LazyFunction(clock.now)
    asked_by = factory.SelfAttribute("application.applicant_id")
    channel = "online"
    received_on = factory.LazyFunction(clock.today)
    before = factory.LazyFunction(lambda: clock.today() + timedelta(days=14))
    wish_on = factory.LazyFunction(lambda: clock.today() + timedelta(days=28))
    reason = "Het hout komt later."
    decide_by = factory.LazyFunction(lambda: clock.today() + timedelta(days=56))
    status = "open"


class InquiryFactory(Factory[Inquiry]):
    """A question for proof about ``application``, which must be awarded ex officio; it is open."""

    class Meta:
        model = Inquiry
        exclude = ("application", "officer")

    application = factory.SubFactory(
        ApplicationFactory, status="awarded", arrangement="ex_officio", arrangement_weeks=26
    )
    officer = factory.SubFactory(PersonFactory)

    number = factory.Sequence(lambda number: f"BW-2026-{number:04d}")
    application_id = factory.SelfAttribute("application.id")
    municipality_id = factory.SelfAttribute("application.municipality_id")
    ground = "cause"
    cause = "Een buurman belde ons."
    asked = "Foto’s van de bomen."
    until = factory.LazyFunction(lambda: clock.today() + timedelta(days=14))
    asked_at = factory.LazyFunction(clock.now)
    asked_by = factory.SelfAttribute("officer.id")


class PostedLetterFactory(Factory[PostedLetter]):
    """The letter of ``decision``, to post."""

    class Meta:
        model = PostedLetter
        exclude = ("decision",)

    decision = factory.SubFactory(DecisionFactory)

    kind = "decision"
    subject_id = factory.SelfAttribute("decision.id")
    number = factory.SelfAttribute("decision.number")
    application_id = factory.SelfAttribute("decision.application_id")
    municipality_id = factory.SelfAttribute("decision.municipality_id")
    address = "Noor de Wit\nMolenstraat 12\n1234 AB  TESTDAM"
    due_at = factory.LazyFunction(clock.now)
