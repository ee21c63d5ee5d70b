"""Lists of numbers: their parts, states and bodies."""
