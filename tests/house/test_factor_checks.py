"""What moves money, gives a right or decides asks for a new code; nothing of it is missing."""

import re

from voorjebuurt.web.changes import CHANGES
from voorjebuurt.web.factor_checks import FRESH
from voorjebuurt.web.guards import GUARDS

WEIGHTY = re.compile(
    r"_(payouts?|refund|gift|role|officer|mandate|person|money|paid_back|bank_file|payee|decision|delegation)$"
    r"|^(publish|divide|admit|delegate|grant|revoke|release|execute|approve|verify)_"
)
"""Names of endpoints that are about money, decisions or rights."""
LIGHT = {
    "auth.dismiss_role": "a proposal goes no further: nobody gets a role",
    "coach.approve_near_miss": "donors are asked, which moves nothing by itself",
    "coach.approve_pitch": "a plan goes live, which moves nothing and can be stopped",
    "officer.dismiss_decision": "a proposal goes no further: nothing is decided",
    "officer.dismiss_officer": "a proposal goes no further: nobody gets a mandate",
    "officer.end_delegation": "it takes a right away from a colleague, and can be given again",
    "officer.propose_decision": "somebody else approves it with a code",
    "officer.recall_decision": "a decision that was approved is not announced yet",
    "officer.register_objection": "a letter that came in is written down",
    "officer.verify_groups": "a fact for an assessment, which two officers decide on",
    "coach.approve_logo": "a picture comes beside a name; no money moves",
    "coach.refuse_logo_of_gift": "a picture goes from a page; no money moves",
    "public.change_gift_logo": "a picture that waits for a coach; no money moves",
    "public.withdraw_gift_logo": "one's own picture goes; no money moves",
    "public.change_dedication_of_gift": "whose gift it is said to be; no money moves",
    "public.choose_gift": "a donor decides about a gift of their own, without an account",
    "public.follow_from_gift": "a donor asks for news, and can stop it by one press",
    "public.pay_gift": "a donor gives",
    "resident.account_for_match": "a resident tells what the money went to",
    "resident.drop_payee": "a proposal goes no further: no money moves",
    "resident.object_to_decision": "a resident objects",
    "resident.publish_update": "a resident tells news, which can be withdrawn",
    "resident.revoke_funder_link": "it takes a right away, and a new link can be made",
    "resident.show_payee": "an account number, which staff check with a code",
    "staff.dismiss_deposit": "an entry goes no further: nothing is booked",
    "staff.dismiss_role": "a proposal goes no further: nobody gets a role",
    "staff.check_payee": "what was found; who releases the money does that with a code",
    "staff.refuse_payee": "no money moves",
    "staff.send_bank_file": "it downloads what was made with a code",
}


def test_every_weighty_change_asks_for_a_new_code() -> None:
    weighty = {name for name in CHANGES if WEIGHTY.search(name.partition(".")[2])}
    assert weighty - FRESH - LIGHT.keys() == set()


def test_the_table_names_changes_only_and_nothing_that_a_guest_may_do() -> None:
    assert CHANGES.keys() >= FRESH
    assert not any(GUARDS[name].anonymous for name in FRESH)
    assert LIGHT.keys().isdisjoint(FRESH)
