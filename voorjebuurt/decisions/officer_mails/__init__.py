"""What officers are mailed about their work: as often as they choose, and about each thing once."""
