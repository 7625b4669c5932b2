"""What the initiator of a campaign tells everybody, or its donors, while it runs and after."""
