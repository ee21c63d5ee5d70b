"""Numbers that are kept out of lists: those of other lists, and those that are never checked."""
