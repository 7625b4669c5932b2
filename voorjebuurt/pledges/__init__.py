"""Pledges: promises, the bookings that make them contributions, and the closing of campaigns."""
