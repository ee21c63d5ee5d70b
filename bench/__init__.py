"""Benchmarks, as ratios against a peer in the same run (`make bench`)."""

MEASURES = (
    "phones",
    "reading",
    "workbooks",
    "uploads",
    "joining",
    "memory",
    "lookups",
    "updates",
    "open_tasks",
    "downloads",
    "crowd",
    "replicas",
)
"""The benchmark modules, in the order of runs and of the page."""
