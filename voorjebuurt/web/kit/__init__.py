"""What every screen is made with: sessions, guards, errors, language, safety."""
