"""What donors choose when a campaign nearly made it, and how that ends."""
