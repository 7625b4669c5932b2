"""What officers do with an objection before it is decided on, and the letters about it."""
