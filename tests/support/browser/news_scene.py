"""Updates in every state, and what an address follows, for the pages that show them."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from tests.support.browser.long_words import LONG_EMAIL, LONG_WORD, Values
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import actor_of
from tests.support.factories.pledges import PledgeFactory
from tests.support.updates import draft_update, follow_thing, publish_update
from voorjebuurt.campaigns.follow.models import FollowLink
from voorjebuurt.campaigns.follow.service import ask_to_follow
from voorjebuurt.campaigns.follow.things import Thing
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.questions import service as questions
from voorjebuurt.campaigns.questions.models import CampaignQuestion
from voorjebuurt.campaigns.updates.hiding import hide_update
from voorjebuurt.campaigns.updates.models import CampaignUpdate
from voorjebuurt.campaigns.updates.service import save_update, withdraw_update
from voorjebuurt.campaigns.updates.texts import Audience, UpdateText
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.ids import new_token, token_hash
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.people.models import Person
from voorjebuurt.places.models import Neighbourhood
from voorjebuurt.pledges.thanks.queries import thanks_of
from voorjebuurt.pledges.thanks.service import hide_thanks, thank_donors


def news_values(
    session: Session, buurt: Neighbourhood, people: dict[str, Person], picture_key: str
) -> dict[str, list[Values]]:
    """A campaign with a draft, news for everybody and for donors, corrected, hidden, taken back."""
    campaign = CampaignFactory(
        status="live", neighbourhood=buurt, initiator=people["resident"], title=LONG_WORD[:80]
    )
    news = UpdateText(
        LONG_WORD[:80],
        f"## Nieuws\n\n- {LONG_WORD}\n- hout",
        Audience.EVERYBODY,
        picture_key,
        "Hout",
    )
    drafts = [draft_update(session, campaign, news)]
    for_donors = UpdateText("Kom", LONG_WORD, Audience.DONORS)
    public_updates = [publish_update(session, campaign, each) for each in (news, for_donors)]
    actor = actor_of(people["resident"])
    better = UpdateText("Anders", f"{LONG_WORD} en meer.", Audience.EVERYBODY)
    save_update(
        session, campaign_id=campaign.id, update_id=public_updates[0].id, text=better, actor=actor
    )
    off = _off_the_page(session, people)
    every = [*(_arguments(update) for update in (*drafts, *public_updates)), *off]
    gift = PledgeFactory(campaign=campaign, email=LONG_EMAIL)
    slug = {"slug": campaign.slug}
    question_ids, tokens = _questions(session, campaign, people)
    return {
        "public.list_questions": [slug],
        "public.ask_about_campaign": [slug],
        "public.answer_own_question": tokens,
        "resident.thank_donors": [{"campaign_id": campaign.id}],
        "staff.hide_thanks": _thanks(session, campaign, people),
        "resident.choose_gift_mails": [{"campaign_id": campaign.id}],
        "resident.list_questions": [{"campaign_id": campaign.id}],
        "resident.reply_to_question": [
            {"campaign_id": campaign.id, **each} for each in question_ids
        ],
        "coach.reply_to_question": question_ids,
        "staff.list_questions": [{"campaign_id": campaign.id}],
        "staff.hide_question": question_ids[:1],
        "public.list_updates": [slug],
        "public.show_update": [{**slug, "number": public_updates[0].number}],
        "public.show_gift_updates": [{"token": gift.token}],
        "public.show_campaign": [slug],
        "public.follow_campaign": [slug],
        "public.follow_area": [{"code": buurt.code}],
        "public.follow_theme": [{"topic": "groen"}],
        "public.show_follows": _followed(session, campaign, buurt),
        "resident.list_updates": [{"campaign_id": campaign.id}],
        "resident.write_update": [{"campaign_id": campaign.id}],
        "resident.edit_update": every[:2],
        "resident.publish_update": every,
        "resident.withdraw_update": [_arguments(public_updates[0])],
        "staff.list_updates": [{"campaign_id": each["campaign_id"]} for each in every[1:]],
        "staff.hide_update": [_arguments(public_updates[0])],
    }


def _arguments(update: CampaignUpdate) -> Values:
    return {"campaign_id": update.campaign_id, "update_id": update.id}


def _thanks(session: Session, campaign: Campaign, people: dict[str, Person]) -> list[Values]:
    """To all donors: some that went out, and some that staff stopped."""
    for words in (f"Dank! {LONG_WORD}", f"Nog eens dank. {LONG_WORD}"):
        thank_donors(
            session,
            campaign_id=campaign.id,
            pledge_id=None,
            body=words,
            actor=actor_of(people["resident"]),
        )
    ids = [row.id for row in thanks_of(session, campaign.id, limit=2)]
    hide_thanks(
        session, thanks_id=ids[1], reason=LONG_WORD, actor=actor_of(people["staff"], "staff")
    )
    return [{"thanks_id": ids[0]}]


def _questions(
    session: Session, campaign: Campaign, people: dict[str, Person]
) -> tuple[list[Values], list[Values]]:
    """Confirmed ones that wait, are answered and hidden; and links, one to an unconfirmed one."""
    ids, tokens = [], []
    for number in range(4):
        words = questions.Asking(
            text=f"{LONG_WORD} wie geeft de planten water? ({number})",
            name=LONG_WORD[:60] if number % 2 else "",
            email=f"v{number}.{LONG_EMAIL}",
            locale="nl",
        )
        question_id = questions.ask(session, campaign_id=campaign.id, asking_words=words)
        tokens.append(new_token())
        session.get_one(CampaignQuestion, question_id).token_hash = token_hash(tokens[-1])
        ids.append(question_id)
    session.flush()
    for token in tokens[:3]:
        questions.confirm(session, token=token)
    questions.answer(
        session, question_id=ids[1], text=f"Wij. {LONG_WORD}", actor=actor_of(people["resident"])
    )
    questions.hide_question(
        session, question_id=ids[2], reason=LONG_WORD, actor=actor_of(people["staff"], "staff")
    )
    session.execute(delete(MailMessage).where(MailMessage.template == questions.CONFIRM_TEMPLATE))
    pages: list[Values] = [{"token": token} for token in (*tokens, "x" * 43)]
    return [{"question_id": each} for each in ids[:3]], pages


def _off_the_page(session: Session, people: dict[str, Person]) -> list[Values]:
    campaign = CampaignFactory(status="live", initiator=people["resident"])
    first, second = (publish_update(session, campaign) for _ in range(2))
    hide_update(
        session,
        campaign_id=campaign.id,
        update_id=first.id,
        reason=LONG_WORD,
        actor=actor_of(people["staff"], "staff"),
    )
    withdraw_update(
        session,
        campaign_id=campaign.id,
        update_id=second.id,
        actor=actor_of(people["resident"]),
    )
    return [_arguments(first), _arguments(second)]


def _followed(session: Session, campaign: Campaign, buurt: Neighbourhood) -> list[Values]:
    """An address that follows one of each, of which one waits, and a link that is over."""
    for thing in (Thing(campaign_id=campaign.id), Thing(area_code=buurt.code)):
        follow_thing(session, LONG_EMAIL, thing)
    ask_to_follow(session, thing=Thing(theme="green"), email=LONG_EMAIL, locale="nl")
    token = new_token()
    link = FollowLink(email=LONG_EMAIL, token_hash=token_hash(token), created_at=clock.now())
    session.add(link)
    session.flush()
    return [{"token": token}, {"token": "x" * 43}]
