"""What is left of a settled fund that was paid beforehand, on its way back to the municipality."""
