"""Cash that is collected for a campaign: in the tin, on its way to the bank, there, or back."""
