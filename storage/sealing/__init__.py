"""Encryption of stored data: the vault, files, ids."""
