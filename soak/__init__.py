"""A soak test: people, faults and kills for a while, and an audit at the end.

`python -m soak` runs the real bot against the sandbox, in a process that is killed every few
seconds. `audit` checks what must hold afterwards.
"""
