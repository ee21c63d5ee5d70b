"""Intake: from a message with numbers to a list that is ready."""
