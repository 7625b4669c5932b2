"""Funders who look along at a plan by a private link, and what they remark."""
