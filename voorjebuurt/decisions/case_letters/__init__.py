"""Letters about a case that are no decision: what an applicant must know, for who wants paper."""
