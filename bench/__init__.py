"""How fast it is, as ratios against a peer in the same run (`make bench`)."""

MEASURES = (
    "phones",
    "workbooks",
    "joining",
    "lookups",
    "updates",
    "open_tasks",
    "downloads",
    "crowd",
    "replicas",
)
"""The modules that measure, in the order in which they run and stand on the page."""
