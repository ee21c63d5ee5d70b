"""Shared by the whole conversation: context, texts, cards, buttons, places."""
