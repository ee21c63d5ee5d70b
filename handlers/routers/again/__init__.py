"""*Check again*, and what follows from it."""
