"""Single lookups: the desk, the line, and the instances of the lookup service."""
