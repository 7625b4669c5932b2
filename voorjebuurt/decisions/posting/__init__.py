"""Letters to who does not want them by mail (Awb 2:14): printed, posted, and ticked off."""
