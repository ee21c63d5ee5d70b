"""Erasing, forgetting, moving and resealing what is stored."""
