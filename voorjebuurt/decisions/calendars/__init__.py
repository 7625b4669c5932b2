"""The terms of officers in their own calendar, by a secret link."""
