"""Remembered answers: blocks that hold them without their numbers, and lists compared with them."""
