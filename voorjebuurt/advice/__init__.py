"""What an initiator can best do now for a campaign: one thing first."""
