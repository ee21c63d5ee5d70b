"""Lists of numbers for stories."""


def numbers(count: int, start: int = 0) -> list[str]:
    """Return that many valid numbers of Britain's mobile ranges, no two of them consecutive."""
    return [f"+447400{(start + index) * 7 % 1_000_000:06}" for index in range(count)]


MIXED = "\n".join([*numbers(3), "not a number", numbers(1)[0], "12"])
