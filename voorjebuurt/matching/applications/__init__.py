"""Applications of campaigns to funds: states, submitting, eligibility, mails."""
