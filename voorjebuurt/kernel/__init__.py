"""What every feature rests on: money, time, the database, errors, transitions, jobs."""
