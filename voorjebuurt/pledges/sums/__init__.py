"""What campaigns raised, kept per campaign and municipality for pages that look at all."""
