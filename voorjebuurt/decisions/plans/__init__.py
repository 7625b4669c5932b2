"""Changes of an award that its applicant asks for: more time, a later account, other activities."""
