"""A service's answers: its files, and what they amount to."""
