"""People and chats: who may what, and how they want it."""
