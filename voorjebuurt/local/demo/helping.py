"""Help that neighbours offer to a campaign: made, confirmed by mail, and accepted or waiting."""

from uuid import UUID

from voorjebuurt.campaigns.needs import offers
from voorjebuurt.campaigns.needs.queries import needs_of
from voorjebuurt.campaigns.needs.rules import OfferTerms
from voorjebuurt.kernel.ids import new_token, token_hash
from voorjebuurt.local.demo.people import initiator
from voorjebuurt.local.demo.stage import Stage
from voorjebuurt.local.demo.stories import Help, Story, email_of

_LATER = 20
"""Days from an offer to the day on which somebody came."""


def offer_help(stage: Stage, story: Story, campaign_id: UUID) -> None:
    """Every offer that the story tells of, on the days after the campaign went live."""
    for number, help_offer in enumerate(story.help, 1):
        _offer(stage, story, campaign_id, help_offer, story.life.opened + number)


def _offer(stage: Stage, story: Story, campaign_id: UUID, help_offer: Help, day: int) -> None:
    terms = OfferTerms(
        number=help_offer.number,
        name=help_offer.name,
        email=email_of(help_offer.name),
        message=help_offer.message,
    )
    token = new_token()
    with stage.scene(day, 19, 20) as session:
        need = next(row for row in needs_of(session, campaign_id) if row.title == help_offer.need)
        offer_id = offers.make_offer(session, need_id=need.id, terms=terms, locale="nl")
        offers.hand_offer(session, offer_id, token_hash(token))
        offers.confirm_offer(session, token=token)
    if not help_offer.is_accepted:
        return
    with stage.scene(day, 20, 10) as session:
        offers.answer_offer(
            session,
            campaign_id=campaign_id,
            offer_id=offer_id,
            accepts=True,
            text="Wat fijn! Tot dan.",
            actor=initiator(session, story.initiator),
        )
    if help_offer.hours:
        with stage.scene(day + _LATER, 18, 0) as session:
            offers.confirm_hours(
                session,
                campaign_id=campaign_id,
                offer_id=offer_id,
                hours=help_offer.hours,
                actor=initiator(session, story.initiator),
            )
