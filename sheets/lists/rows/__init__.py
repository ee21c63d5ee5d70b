"""From the lines of a text to the rows of its table."""
