"""What a donor changes about a gift that was paid: the words with it, or taking it back."""
