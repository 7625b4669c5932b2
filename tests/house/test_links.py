"""The addresses that mails point to are pages of the site, and the right ones."""

import inspect
from collections.abc import Callable
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
    links.gift: ("public.show_gift", {"token": TOKEN}),
    links.gift_choice: ("public.choose_gift", {"token": TOKEN}),
    links.gift_return: ("public.return_from_payment", {"token": TOKEN}),
    links.own_data: ("auth.show_mailed_data", {"token": TOKEN}),
    links.place_wish: ("public.answer_place_wish", {"token": TOKEN}),
    links.fund: ("public.show_fund", {"slug": SLUG}),
    links.fund_question: ("public.confirm_question", {"token": TOKEN}),
    links.start_campaign: ("resident.start_campaign", {}),
    links.my_campaign: ("resident.show_campaign", {"campaign_id": CAMPAIGN}),
    links.my_application: ("resident.show_application", {"application_id": CAMPAIGN}),
    links.my_near_miss: ("resident.plan_near_miss", {"campaign_id": CAMPAIGN}),
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
    match = app.url_map.bind("localhost").match(path, method="GET")
    assert match == (endpoint, arguments)
    assert isinstance(arguments.get("campaign_id", CAMPAIGN), UUID)
