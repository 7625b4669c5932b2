"""What the steps of objections, the court and penalties are called on screens."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

STEPS: Mapping[str, LazyString] = {
    "question": _l("Something missing was asked"),
    "completion": _l("What was missing came in"),
    "lapse": _l("The term to complete it ended unused"),
    "committee": _l("An advisory committee was asked"),
    "advice": _l("The committee gave its advice"),
    "invitation": _l("Invited to a hearing"),
    "waiver": _l("There is no hearing"),
    "hearing": _l("The hearing was held"),
    "extension": _l("Six weeks more were taken"),
    "consent": _l("More time was agreed on"),
    "excuse": _l("Judged whether being late is excused"),
    "costs": _l("Payment of professional help was asked"),
}
STEP_BUTTONS: Mapping[str, LazyString] = {
    "question": _l("Ask what is missing"),
    "completion": _l("Write down what came in"),
    "committee": _l("Ask an advisory committee"),
    "advice": _l("Write down the advice"),
    "invitation": _l("Invite to a hearing"),
    "waiver": _l("Write down why there is no hearing"),
    "hearing": _l("Write the report of the hearing"),
    "extension": _l("Take six weeks more"),
    "consent": _l("Write down an agreed later day"),
    "excuse": _l("Judge whether being late is excused"),
    "costs": _l("Write down that costs are claimed"),
}
"""The steps that an officer takes; a term that ended unused is written down by itself."""
MISSING_PARTS: Mapping[str, LazyString] = {
    "grounds": _l("the grounds: why somebody objects"),
    "authority": _l("an authorisation of who acts for somebody"),
    "signature": _l("a signature, or a name and address"),
}
NO_HEARING: Mapping[str, LazyString] = {
    "manifest_inadmissibility": _l("it is manifestly inadmissible (Awb 7:3, a)"),
    "manifest_unfoundedness": _l("it is manifestly unfounded (Awb 7:3, b)"),
    "renunciation": _l("who objects doesn't want to be heard (Awb 7:3, c)"),
    "silence": _l("who objects did not answer in time (Awb 7:3, d)"),
    "full_agreement": _l("the objection is met in full (Awb 7:3, e)"),
}
NEXT_STEPS: Mapping[str, LazyString] = {
    "answer": _l("Waits for what is missing"),
    "excuse": _l("Judge whether being late is excused"),
    "hearing_plan": _l("Plan a hearing, or write down why there is none"),
    "hearing": _l("Hold the hearing and write its report"),
    "advice": _l("Waits for the advice of the committee"),
    "ruling": _l("Propose the decision"),
}
NEXT_FOR_READER: Mapping[str, LazyString] = {
    "answer": _l("The municipality waits for what you still send."),
    "excuse": _l("The municipality looks at why your objection came late."),
    "hearing_plan": _l("The municipality plans a hearing, or tells you why there is none."),
    "hearing": _l("There is a hearing. The mail says where and when."),
    "advice": _l("A committee gives advice on your objection."),
    "ruling": _l("Two officers who did not decide before decide on your objection."),
}
OUTCOMES: Mapping[str, LazyString] = {
    "upheld": _l("founded: the decision is revoked and replaced"),
    "partly_upheld": _l("founded in part: the decision is revoked and replaced"),
    "rejected": _l("unfounded: the decision stays"),
    "inadmissible": _l("inadmissible: it may not be looked at"),
}
JUDGMENTS: Mapping[str, LazyString] = {
    "unfounded": _l("unfounded: the decision stays"),
    "inadmissible": _l("inadmissible"),
    "annulment": _l("annulled: the municipality decides again"),
    "effects": _l("annulled, but what it does stays"),
    "retraction": _l("the appeal was withdrawn"),
}
NO_PENALTY: Mapping[str, LazyString] = {
    "late_notice": _l("the notice came unreasonably late (Awb 4:17, sixth paragraph, a)"),
    "no_interest": _l("who asks has no interest in it (b)"),
    "manifest": _l("it was manifestly inadmissible or unfounded (c)"),
}
