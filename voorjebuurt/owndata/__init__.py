"""What is kept of one person, for that person: to read, and to take along."""
