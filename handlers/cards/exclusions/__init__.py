"""What keeps numbers out of lists: the never-check list, and other lists."""
