"""Single lookups: the desk, the line, and the instances that are asked."""
