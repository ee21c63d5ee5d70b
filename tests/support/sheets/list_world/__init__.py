"""Lists as people have them, made by a small grammar, with what must be sent of each.

The truth is known because the numbers are made first.
"""
