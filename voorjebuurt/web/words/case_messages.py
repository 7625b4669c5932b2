"""The texts of errors about applications, decisions and objections, by code."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

CASE_MESSAGES: dict[str, LazyString] = {
    "account_amount_wrong": _l("Enter an amount for every line."),
    "account_being_determined": _l(
        "The municipality is deciding on your spending report. You can't change it now."
    ),
    "account_label_wrong": _l(
        "Say for every line what it was for, in at most %(maximum)s characters."
    ),
    "account_lines_missing": _l("Enter what the money went to."),
    "account_lines_too_many": _l("Use at most %(maximum)s lines."),
    "account_missing": _l(
        "The applicant has to report first. If nothing came in time, set a last term."
    ),
    "account_not_asked": _l("The amount is final already. You don’t have to account for it."),
    "account_story_missing": _l("Tell what you did with the money."),
    "account_too_early": _l("You can report how you spent the money once it is yours."),
    "advice_empty": _l("Write down what the committee advised."),
    "advice_missing": _l("The advice of the committee isn't there yet."),
    "already_applied": _l("This campaign has an application with this fund already."),
    "amount_not_zero": _l("This decision is about no amount: fill in 0."),
    "answer_missing": _l("Answer what was asked."),
    "appeal_not_open": _l("There is no appeal that waits for a judgment."),
    "appeal_open_already": _l("There is an appeal already that waits for a judgment."),
    "application_decided": _l("There is a decision on this application already."),
    "application_not_assessable": _l("This application can't be judged at this stage."),
    "application_not_changeable": _l("This application can't be changed any more."),
    "application_not_found": _l("We can't find this application."),
    "area_elsewhere": _l("Choose areas of this municipality."),
    "aside_too_late": _l(
        "The last day to leave the application aside as incomplete was %(day)s. Decide on it with "
        "what there is."
    ),
    "attachment_empty": _l("This file is empty."),
    "attachment_format": _l(
        "Choose a PDF, a photo (JPEG or PNG) or an office file (docx, xlsx, odt or ods)."
    ),
    "attachment_locked": _l("This file has a password. Add one without a password."),
    "attachment_macros": _l("This file has macros in it. Save it without macros."),
    "attachment_too_large": _l(
        "This file is too large. Choose one of at most %(max_megabytes)s MB."
    ),
    "attachment_unpacks_large": _l("This file holds too much. Save it anew, or as PDF."),
    "attachment_unsafe": _l(
        "Our virus scanner refused %(name)s. Remove it, and add it again if you made it anew."
    ),
    "attachments_changed": _l("The files changed just now. Look at them and send again."),
    "attachments_too_many": _l("Add at most %(maximum)s files."),
    "award_annulled": _l(
        "A court took the award of %(fund)s away. Until there is a new decision, nothing is paid."
    ),
    "award_not_whole": _l(
        "An award is exactly what was computed: %(lowest)s. For less, choose a partial award."
    ),
    "budget_day_wrong": _l("Choose a day from the year before the budget until today."),
    "budget_year_wrong": _l("Choose this year, the year before or the year after."),
    "campaign_cannot_apply": _l("This campaign can't ask for money from this fund at the moment."),
    "campaign_over_unawarded": _l(
        "The campaign was over before the award. A fund that matches at once can't award after "
        "that: propose a refusal on that ground, or let the applicant withdraw."
    ),
    "case_not_small": _l("This amount is too large to be decided on together with others."),
    "case_number_missing": _l("Enter the case number of the court."),
    "channel_unknown": _l("Choose how the objection came in."),
    "checklist_item_unknown": _l("Choose an item of the checklist."),
    "checklist_open": _l("Not everything on the checklist is met: %(items)s."),
    "claim_changed_since": _l(
        "A gift went back since this was proposed. Dismiss or recall it, and propose it again."
    ),
    "clawback_above_overpaid": _l("You can claim back between %(lowest)s and %(highest)s."),
    "committee_missing": _l("Enter the name of the committee."),
    "completion_never_asked": _l(
        "Ask the applicant to complete the application first. Only then can it be left aside."
    ),
    "completion_term_wrong": _l("Give the applicant between %(shortest)s and %(longest)s days."),
    "consent_day_wrong": _l("Choose a day after the last day that holds now."),
    "costs_not_asked": _l("Nobody asked for this before the decision."),
    "costs_only_founded": _l("This is only possible when the objection is founded."),
    "court_missing": _l("Name the court."),
    "court_term_missing": _l("Enter by which day the court wants a new decision."),
    "de_minimis_missing": _l(
        "Tell which other state aid you had in the last three years, or that there was none."
    ),
    "decided_before": _l(
        "You had a part in this decision. Another colleague decides on the objection."
    ),
    "decision_not_found": _l("We can't find this decision."),
    "decision_not_sent_yet": _l("This decision has not been sent."),
    "decision_open_already": _l("There is a decision on its way for this application already."),
    "decision_revoked": _l("This decision does not hold any more. You can't object to it."),
    "default_not_found": _l("We can't find this notice of default."),
    "default_open_already": _l(
        "This was written down already as %(notice)s, and it waits. Choose what else is late."
    ),
    "delegation_days_wrong": _l("Choose a last day that is not over, and not before the first."),
    "delegation_not_found": _l("We can't find this replacement."),
    "determination_not_awarded": _l(
        "Determine exactly what was awarded, %(lowest)s, or choose a lower determination."
    ),
    "determination_not_lower": _l("A lower determination is at most %(highest)s."),
    "deviation_missing": _l("Write down why you don't follow the advice."),
    "evidence_of_groups_missing": _l("Write down how you know that these groups are reached."),
    "ex_officio_too_early": _l(
        "This can be determined from %(day)s: until then the applicant carries out the plan."
    ),
    "excuse_unjudged": _l("First judge whether being late is excused."),
    "extension_wrong": _l("Choose a day after %(earliest)s and until %(latest)s."),
    "extra_above_need": _l("Less is short in the fund: at most %(highest)s extra is needed."),
    "extra_not_for_maximum": _l(
        "This fund grants a maximum, so nothing goes above its ceiling. Raise that first."
    ),
    "extra_short": _l("The fund has too little left: %(lowest)s extra is needed."),
    "filter_title_missing": _l("Give it a name, for example ‘Objections this week’."),
    "filter_title_taken": _l("You have a selection with this name. Choose another name."),
    "finding_not_possible": _l("Choose a finding that is possible now."),
    "fund_divided_already": _l("This fund is divided already: nothing can be added to its line."),
    "fund_elsewhere": _l("This fund is for campaigns in another municipality."),
    "fund_not_found": _l("We can't find this fund."),
    "fund_not_open": _l("This fund takes no applications at the moment."),
    "fund_not_open_then": _l("This fund was not open at that moment."),
    "fund_other_area": _l("This fund is for campaigns in other neighbourhoods."),
    "ground_missing": _l("Choose at least one ground."),
    "ground_not_for_kind": _l("Choose a ground that belongs to this kind of decision."),
    "grounds_missing": _l("Tell us why you don't agree."),
    "group_not_claimed": _l("Choose from the groups that the applicant named."),
    "group_unknown": _l("Choose a group from the list."),
    "has_stake": _l("You have an interest in this campaign. A colleague must do this."),
    "hearing_day_wrong": _l("Choose a day after today."),
    "hearing_leader_missing": _l("Enter who led the hearing."),
    "hearing_missing": _l("First hold a hearing, or write down why there is none."),
    "hearing_place_missing": _l("Enter the time and the place."),
    "inquiry_not_found": _l("We can't find this question."),
    "inquiry_open": _l(
        "Proof was asked for (%(number)s). First look at the answer and close the question."
    ),
    "inquiry_open_already": _l("Proof was asked for already. Close that question first."),
    "inquiry_over": _l("This can't be answered or changed any longer: it was answered or closed."),
    "inquiry_term_wrong": _l("Give at least %(shortest)s and at most %(longest)s days."),
    "intention_lighter": _l(
        "This is more than was intended in %(number)s, or on other grounds. State a new "
        "intention, so that the applicant can give their views of it."
    ),
    "intention_not_found": _l("We can't find this intention."),
    "intention_open_already": _l(
        "Something is intended already that is not decided yet. Drop that first, with the reason."
    ),
    "intention_over": _l(
        "This can't be answered or changed any longer: it was answered, dropped or decided on."
    ),
    "joined_not_ready": _l(
        "Objection %(number)s can't be decided on yet, or not like this. Open it to see why."
    ),
    "joined_wrong": _l("Choose open objections to the same decision."),
    "judged_on_wrong": _l("Choose a day from the day of the appeal until today."),
    "judgment_missing": _l("Write down what the court said."),
    "last_term_no_later": _l("Choose a day after %(day)s: that was the last day until now."),
    "last_term_not_for_way": _l(
        "No last term can be set here: nothing has to be accounted for, or it was."
    ),
    "last_term_runs": _l(
        "The last term to account runs until %(day)s. Only after it this can be decided."
    ),
    "last_term_too_early": _l(
        "The applicant can account for the money until %(day)s. Only then you can set a last term."
    ),
    "late_is_inadmissible": _l("Being late is not excused, so the objection is inadmissible."),
    "letter_not_found": _l("We can't find this letter."),
    "lodged_on_wrong": _l("Choose a day from the day of the letter until today."),
    "mandate_not_for_kind": _l(
        "Your mandate is not for this: %(mandate_kind)s. A colleague must do this."
    ),
    "mandate_too_low": _l(
        "Your mandate is %(mandate)s and %(stake)s is at stake. A colleague must do this."
    ),
    "match_owed_already": _l(
        "This money is owed to the applicant already. It can be withdrawn, not refused."
    ),
    "match_released_already": _l(
        "The campaign did not succeed, so its money was let go. Refuse the application."
    ),
    "missing_needed": _l("Write down what is missing."),
    "missing_part_unknown": _l("Choose what is missing."),
    "no_case_chosen": _l("Choose at least one case."),
    "no_hearing_unknown": _l("Choose why there is no hearing."),
    "not_an_officer_here": _l("Choose an officer of this municipality."),
    "not_late_yet": _l(
        "The decision was not late on this day: the last day to decide was %(due_on)s."
    ),
    "nothing_asked": _l("Nothing is asked at the moment."),
    "nothing_ticked": _l("Tick at least one."),
    "objection_decided": _l("This objection has been decided."),
    "objection_in_time": _l("This objection came in time."),
    "objection_not_found": _l("We can't find this objection."),
    "objection_open_already": _l("There is an objection to this decision already."),
    "objections_left_out": _l(
        "There are other objections to this decision: %(numbers)s. If you revoke it, decide on "
        "all of them at once. Is one not ready? Do that first."
    ),
    "officer_has_stake": _l("This colleague has an interest in the campaign. Choose another."),
    "only_appeal": _l(
        "You can’t object to this decision again, but you can appeal to the district court. "
        "The letter says how."
    ),
    "only_officers": _l("Only officers of this municipality can do this."),
    "other_fund_applied": _l(
        "This campaign has an application with another fund, and the two don't go together."
    ),
    "outcome_unknown": _l("Choose what you decide."),
    "own_decision": _l("You proposed this decision yourself. A colleague must approve it."),
    "paper_before_application": _l("It can't have come in before the application itself."),
    "paper_before_money": _l("It can’t have come in before the money was the campaign’s."),
    "paper_before_question": _l("It can't have come in before it was asked for."),
    "paper_in_future": _l("It can't have come in later than now."),
    "paper_scan_missing": _l("Add a scan of the paper, or say why there is none."),
    "paper_signer_missing": _l("Enter the name of who signs."),
    "partial_award_out_of_range": _l("A partial award is between %(lowest)s and %(highest)s."),
    "penalty_determined": _l("This penalty has been set."),
    "penalty_not_owed": _l("There is no penalty to pay."),
    "penalty_of_term_set": _l(
        "The penalty for this was set: %(notice)s. A second letter about the same day costs "
        "nothing."
    ),
    "penalty_still_runs": _l(
        "There is no decision yet, and the 42 days are not over: the penalty still runs."
    ),
    "plan_before": _l("The applicant asked for a change. Decide on that first."),
    "plan_changed_since": _l(
        "The request or its days changed since this was proposed. Send it back and propose anew."
    ),
    "plan_day_no_later": _l("Choose a day after %(day)s: that is the last day now."),
    "plan_day_not_asked": _l("More time was not asked for."),
    "plan_day_past": _l(
        "The day that was asked for has passed. Choose a day that is still to come."
    ),
    "plan_day_too_late": _l("Choose a day until %(day)s at the latest."),
    "plan_not_now": _l("A change can’t be asked for now: there is no award, or it is final."),
    "plan_nothing_asked": _l("Choose a later day, or tell what you want to do instead. Or both."),
    "plan_nothing_open": _l("No request for a change waits for a decision."),
    "plan_outcome_missing": _l("Choose what you decide."),
    "plan_part_is_whole": _l("This is all that was asked. Choose that you give everything."),
    "plan_part_missing": _l("Fill in what you give: a day, other activities, or both."),
    "plan_request_not_found": _l("We can't find this request."),
    "plan_request_open": _l("A change was asked for already. First there is a decision on that."),
    "plan_request_over": _l("This request was decided on or taken back already."),
    "plan_term_over": _l("This could be asked until %(day)s. That day has passed."),
    "plan_too_early": _l(
        "A change can be asked for once the campaign is over and the money is the applicant’s."
    ),
    "posted_after_receipt": _l("It can't be posted after it came in."),
    "proof_answer_missing": _l("Write down what you did."),
    "proof_cause_missing": _l("Write down the cause. The applicant reads it."),
    "proof_not_for_way": _l("No proof can be asked for here: it is accounted for, or it is final."),
    "proof_question_missing": _l("Write down what the applicant should show."),
    "proposer_has_stake": _l("Who proposed this has an interest in the campaign now. Dismiss it."),
    "question_open": _l("Something was asked already, and the answer isn't there yet."),
    "question_waits": _l("Wait for what is missing: its term isn't over yet."),
    "reach_missing": _l("Tell whom your campaign reaches."),
    "receipt_empty": _l("This file is empty."),
    "receipt_format": _l("Choose a PDF, JPEG or PNG file."),
    "receipt_gone": _l("We don't have this file any more. Choose it again."),
    "receipt_too_large": _l("This file is too large. Choose one of at most %(max_megabytes)s MB."),
    "receipts_too_many": _l("Add at most %(maximum)s files."),
    "received_on_wrong": _l("Choose a day from the day of the letter until today."),
    "replacement_kind_wrong": _l("This can't come in the place of the old decision."),
    "replacement_missing": _l("Choose what comes in the place of the old decision."),
    "report_missing": _l("Write the report of the hearing."),
    "round_not_divided": _l(
        "The pot has not been divided yet. Then it is known what this application gets."
    ),
    "ruling_not_sent": _l("There is no decision on this objection that was sent."),
    "ruling_open_already": _l("A decision on this objection is on its way already."),
    "sample_not_asked": _l("The lot fell on this case. First ask the applicant for proof."),
    "sample_not_drawn": _l("The lot for this case is drawn within an hour. Then this can go on."),
    "sample_not_hit": _l("The lot did not fall on this case. State a cause."),
    "sample_of_nothing": _l(
        "Draw a sample only where the municipality determines amounts by itself."
    ),
    "sample_out_of_range": _l("Enter a percentage from 0 to 100."),
    "score_out_of_range": _l("Give a score from 0 to %(maximum)s."),
    "shares_not_whole": _l("Each percentage must be more than 0. Together they make 100."),
    "small_case_not_whole": _l(
        "The whole amount can’t be awarded. Open the application and propose a part, with the "
        "reason."
    ),
    "stand_in_same": _l("Choose another colleague."),
    "step_day_wrong": _l("Choose a day from the day of receipt until today."),
    "success_open_again": _l(
        "The success of the campaign was taken back. Send the proposal back, and propose it again."
    ),
    "success_taken_back": _l(
        "The campaign lost its minimum, and its donors choose again. What the award comes to is "
        "known after that: then you can determine it."
    ),
    "term_ended": _l("The term to decide has ended: it can't be lengthened any more."),
    "term_extended_before": _l("The term was lengthened before. That can be done once."),
    "text_too_long": _l("Use at most %(maximum)s characters."),
    "too_many_cases": _l("Choose at most %(maximum)s cases at a time."),
    "too_many_filters": _l("You can keep %(maximum)s selections. First remove one."),
    "views_answered_already": _l(
        "The applicant gave their views already. Weigh them in the decision."
    ),
    "views_day_wrong": _l("Choose a day from the letter until today."),
    "views_empty": _l("Write down the views."),
    "views_exception_reason_missing": _l(
        "Tell why views were not asked. The applicant reads it in the letter."
    ),
    "views_exception_unknown": _l("Choose one of the reasons of the law."),
    "views_extension_wrong": _l(
        "Choose a day after the last day that holds now, at the latest %(latest)s."
    ),
    "views_missing": _l(
        "The applicant must be able to give their views before this decision. Ask for their "
        "views first, or tell why the law lets you leave that out."
    ),
    "views_not_needed": _l(
        "These grounds do not rest on facts about the applicant: no views need to be asked. "
        "Propose the refusal."
    ),
    "views_term_wrong": _l("Give the applicant between %(shortest)s and %(longest)s days."),
    "views_unweighed": _l(
        "The applicant gave their views after this was proposed. Send it back, and propose it "
        "again with how you weighed them."
    ),
    "views_wait": _l(
        "The applicant can give their views up to and including %(until)s. Decide after that, "
        "or when they have answered."
    ),
    "views_waited_for": _l(
        "Something else is intended in %(number)s: its applicant was asked first."
    ),
    "waiver_not_for_outcome": _l("The reason for no hearing does not go with this outcome."),
    "weighing_missing": _l("Tell how you weighed the views. The applicant reads it in the letter."),
}
