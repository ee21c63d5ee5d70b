"""What a person sent, given back as it came, with columns at the right of its tables."""
