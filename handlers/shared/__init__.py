"""Used by the whole conversation: context, texts, buttons, places."""
