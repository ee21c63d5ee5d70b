"""Results on their way to a chat, and what is made of them."""
