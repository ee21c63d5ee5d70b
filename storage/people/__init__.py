"""People and chats: access, consent, usage, language and group rules."""
