"""Write everything that is stored about a person as JSON."""

import json


def write_json(request: bytes, texts: bytes) -> tuple[None, list[bytes]]:
    """Put the texts into their places, and write it all.

    `request` is JSON: `found`, rows by table, and `places`, one for each text: table, row, name,
    and how many bytes it has.
    """
    whole = json.loads(request)
    found, start = whole["found"], 0
    for table, row, name, size in whole["places"]:
        found[table][row][name] = texts[start : start + size].decode("utf-8", "replace")
        start += size
    return None, [json.dumps(found, ensure_ascii=False, indent=1).encode("utf-8", "replace")]
