import pytest

from sheets.files.documents import NoNumbers
from sheets.lists.intake import Part, read

BRITISH = ["447400395497", "447400399945", "447400982527", "447400277491"]
CHINESE = ["13511821897", "13143405217", "19978625930", "13807545727", "13128383301"]
GERMAN = ["4915123580489", "4915123844868", "4915123457583", "4915123376037"]
BRITISH_LOCAL = ["07400395497", "07400399945", "07400399945", "07400982527"]
INDIAN = ["919876543210", "919876543211", "919812345678"]


def found(lines: list[str], region: str | None) -> list[str]:
    """Return the numbers of a document."""
    return read([Part("list.txt", "\n".join(lines).encode())], region).numbers.to_list()


@pytest.mark.parametrize("lines", [BRITISH, GERMAN, INDIAN])
@pytest.mark.parametrize("region", [None, "DE", "US", "RU", "GB", "IN"])
def test_lists_that_lost_their_plus_signs(lines: list[str], region: str | None) -> None:
    """Mobiles of one country stay that, also where the chat's own could be made of them."""
    assert found(lines, region) == [f"+{line}" for line in lines]


@pytest.mark.parametrize(
    ("lines", "region", "code"),
    [
        (CHINESE, "CN", "86"),
        (["15123580489", "16223844868", "17623457583"], "DE", "49"),
        (["7400395497", "7400399945", "7400982527"], "GB", "44"),
        (["9123900579", "9123524654", "9123809407"], "RU", "7"),
        (["2025550100", "4155550101", "3125550102"], "US", "1"),
    ],
)
def test_national_lists_without_their_zero(lines: list[str], region: str, code: str) -> None:
    """In its own country a national list is that, and elsewhere it is asked about."""
    assert found(lines, region) == [f"+{code}{line}" for line in lines]
    with pytest.raises(NoNumbers) as refused:
        found(lines, None)
    assert refused.value.national == len(lines)


def test_what_another_country_explains_is_not_sent() -> None:
    """Chinese mobiles in an American chat: those that are American by chance aren't sent."""
    lines = [*CHINESE, "19978625931"]
    with pytest.raises(NoNumbers) as refused:
        found(BRITISH_LOCAL, "FR")
    assert refused.value.national == len(BRITISH_LOCAL)
    parts = [Part("list.txt", "\n".join(lines).encode()), Part("a.txt", b"+4930901820")]
    reading = read(parts)
    assert (reading.numbers.to_list(), reading.national) == (["+4930901820"], len(lines))


def test_numbers_that_share_a_line_are_weighed_one_by_one() -> None:
    """Two numbers on a line are as much evidence as two lines."""
    for lines in (GERMAN, BRITISH):
        assert found([" ".join(lines)], "DE") == [f"+{line}" for line in lines]


@pytest.mark.parametrize(
    ("region", "digits"),
    [
        ("AT", ["17672257705", "17672257294", "17672250175"]),
        ("DE", ["302109401000", "302109401001", "302109401002"]),  # landlines of both
    ],
)
def test_what_stands_beside_a_plus_sign_is_weighed_too(region: str, digits: list[str]) -> None:
    """Protects a column without plus signs beside one with them: both are the same numbers."""
    coded = [f"A\t{each}\t+{each}" for each in digits]
    given = "\n".join(["Name\tTel.\tMobile", *coded])
    assert found([given], region) == [f"+{each}" for each in digits]


def test_long_lists_are_weighed_as_a_whole() -> None:
    """The lines that decide may stand anywhere."""
    lines = ["x"] * 5000 + [f"4474003{n:05}" for n in range(10_000, 10_400)]
    assert found(lines, "DE") == [f"+{line}" for line in lines[5000:]]
