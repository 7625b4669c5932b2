"""Paying successful campaigns: payees, proposals, releases and bank files."""
