"""What is brought to chats: cards, results, pictures, notes."""
