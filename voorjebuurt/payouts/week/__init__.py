"""What happened in a week, for staff."""
