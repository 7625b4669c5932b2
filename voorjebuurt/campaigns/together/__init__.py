"""Running a campaign together: inviting, handing over, leaving, and when nobody is left."""
