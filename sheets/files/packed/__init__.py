"""Containers: zip archives, and the OLE files of old Office programs."""
