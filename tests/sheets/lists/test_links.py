"""Links to chats and calls."""

import pytest

from sheets.lists.intake import Part, read

NUMBER = "+4915123580489"


@pytest.mark.parametrize(
    "text",
    [
        "https://wa.me/4915123580489 (work)",
        "wa.me/4915123580489?text=Hello%2012345",
        "https://api.whatsapp.com/send/?text=hi&phone=%2B4915123580489",
        "Anna: https://wa.me/4915123580489 / https://wa.me/4915123580489",
        "tel:+4915123580489",
        "call tel:+49-151-23580489 now",
        "call tel:0151-23580489 now",
        "tel:015123580489;ext=12",
    ],
)
def test_the_number_of_a_link_is_read(text: str) -> None:
    """Protects lists of links, also with remarks, ids and texts beside them."""
    assert read([Part("a", text, "text")], "DE").numbers.to_list() == [NUMBER]
