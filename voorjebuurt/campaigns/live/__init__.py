"""What an initiator changes about a campaign that people see and give to."""
