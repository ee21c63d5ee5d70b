"""The promise under fire: people, faults and deaths for a while, and an audit at the end.

`python -m soak` runs the real bot in a process that is killed every few seconds, against the
sandbox, which goes on; see `audit` for what has to be true afterwards.
"""
