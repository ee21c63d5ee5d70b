"""Encryption of what is stored: keys, files, ids."""
