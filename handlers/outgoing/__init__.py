"""Everything sent to chats: cards, results, pictures, notes."""
