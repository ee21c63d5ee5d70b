"""Lists of numbers, from the first message to the erased body."""
