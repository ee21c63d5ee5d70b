"""Time, loops, pace and wake-ups. Knows nothing of what it is used for."""
