"""Officers stop the clock of an application or lengthen its term, and write to the applicant."""
