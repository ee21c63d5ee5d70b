"""Remembered answers: a sealed block for each task whose result was understood."""
