"""A service's answers: its result files, and their summary."""
