"""From a line to the texts of single numbers."""
