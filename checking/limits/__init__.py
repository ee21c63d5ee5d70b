"""What one person may take up, and ask about."""
