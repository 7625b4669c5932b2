"""The addresses that mails point to are pages of the site, and the right ones."""

import inspect
from collections.abc import Callable
from urllib.parse import parse_qsl
from uuid import UUID, uuid4

import pytest
from flask import Flask

from voorjebuurt.mail import links

TOKEN, SLUG, CAMPAIGN = "t" * 43, "een-groen-plein", uuid4()
POINTS_TO: dict[Callable[..., str], tuple[str, dict[str, object]]] = {
    links.sign_in_page: ("auth.show_sign_in", {}),
    links.sign_in: ("auth.show_link", {"token": TOKEN}),
    links.sign_in_page: ("auth.show_sign_in", {}),
    links.security_page: ("auth.show_security", {}),
    links.role_proposal: ("auth.show_role_proposal", {"proposal_id": CAMPAIGN}),
    links.campaign: ("public.show_campaign", {"slug": SLUG}),
    links.gift_address: ("public.confirm_gift_address", {"token": TOKEN}),
    links.gift: ("public.show_gift", {"token": TOKEN}),
    links.gift_choice: ("public.choose_gift", {"token": TOKEN}),
    links.monthly_gift: ("public.show_monthly", {"token": TOKEN}),
    links.gift_return: ("public.return_from_payment", {"token": TOKEN}),
    links.own_data: ("auth.show_mailed_data", {"token": TOKEN}),
    links.own_gifts: ("auth.show_mailed_gifts", {"token": TOKEN}),
    links.place_wish: ("public.answer_place_wish", {"token": TOKEN}),
    links.fund: ("public.show_fund", {"slug": SLUG}),
    links.fund_question: ("public.confirm_question", {"token": TOKEN}),
    links.gift_logo: ("public.change_gift_logo", {"token": TOKEN}),
    links.present: ("public.show_present", {"token": TOKEN}),
    links.need_offer: ("public.confirm_help", {"token": TOKEN}),
    links.my_offers: ("resident.list_offers", {"campaign_id": CAMPAIGN}),
    links.start_campaign: ("resident.start_campaign", {}),
    links.my_campaign: ("resident.show_campaign", {"campaign_id": CAMPAIGN}),
    links.my_application: ("resident.show_application", {"application_id": CAMPAIGN}),
    links.my_near_miss: ("resident.plan_near_miss", {"campaign_id": CAMPAIGN}),
    links.campaign_question: ("public.answer_own_question", {"token": TOKEN}),
    links.abuse_report: ("public.follow_abuse_report", {"token": TOKEN}),
    links.campaign_questions: ("public.list_questions", {"slug": SLUG}),
    links.my_question: (
        "resident.reply_to_question",
        {"campaign_id": CAMPAIGN, "question_id": CAMPAIGN},
    ),
    links.follows: ("public.show_follows", {"token": TOKEN}),
    links.ask_follows: ("public.ask_follows", {}),
    links.my_updates: ("resident.list_updates", {"campaign_id": CAMPAIGN}),
    links.update: ("public.show_update", {"slug": SLUG, "number": "3"}),
    links.gift_updates: ("public.show_gift_updates", {"token": TOKEN}),
    links.my_members: ("resident.show_members", {"campaign_id": CAMPAIGN}),
    links.my_coach_edits: ("resident.list_coach_edits", {"campaign_id": CAMPAIGN}),
    links.my_talk: ("resident.show_talk", {"campaign_id": CAMPAIGN}),
    links.talk: ("coach.show_talk", {"campaign_id": CAMPAIGN}),
    links.my_invitation: ("resident.show_invitation", {"invitation_id": CAMPAIGN}),
    links.staff_week: ("staff.show_week", {"week": "2026-48"}),
    links.staff_campaign: ("staff.show_campaign", {"campaign_id": CAMPAIGN}),
    links.my_payee: ("resident.show_payee", {"campaign_id": CAMPAIGN}),
    links.coach_near_miss: ("coach.show_near_miss", {"campaign_id": CAMPAIGN}),
    links.review: ("coach.show_review", {"campaign_id": CAMPAIGN}),
    links.confirm_address: ("auth.confirm_address", {"token": TOKEN}),
    links.stop_address: ("auth.stop_address", {"token": TOKEN}),
    links.unsubscribe: (
        "unsubscribing.show_subscription",
        {"message_id": CAMPAIGN, "signature": TOKEN},
    ),
    links.staff_desk: ("staff.show_desk", {}),
    links.staff_campaign: ("staff.show_campaign", {"campaign_id": CAMPAIGN}),
    links.campaign_changes: ("public.list_changes", {"slug": SLUG}),
    links.officer_desk: ("officer.show_desk", {}),
}


def test_every_link_is_held_against_a_page() -> None:
    functions = {
        function
        for _, function in inspect.getmembers(links, inspect.isfunction)
        if function.__module__ == links.__name__
    }
    assert functions == POINTS_TO.keys()


@pytest.mark.parametrize("link", POINTS_TO, ids=lambda link: link.__name__)
def test_a_link_leads_to_its_page(app: Flask, link: Callable[..., str]) -> None:
    endpoint, arguments = POINTS_TO[link]
    path = link(*arguments.values())
    address, _, query = path.partition("?")
    name, values = app.url_map.bind("localhost").match(address, method="GET")
    assert (name, {**values, **dict(parse_qsl(query))}) == (endpoint, arguments)
    assert isinstance(arguments.get("campaign_id", CAMPAIGN), UUID)
