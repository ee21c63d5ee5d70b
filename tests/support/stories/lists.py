"""Lists of numbers for stories."""


def numbers(count: int, start: int = 0) -> list[str]:
    """That many valid numbers of Britain's mobile ranges, no two next to each other."""
    return [f"+447400{(start + index) * 7 % 1_000_000:06}" for index in range(count)]


MIXED = "\n".join([*numbers(3), "not a number", numbers(1)[0], "12"])
