"""What codes are called on the screens, and the texts of errors."""
