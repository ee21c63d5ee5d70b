"""Tasks: their states, messages and due work."""
