"""Who runs a campaign, and who may act for it."""
