import pytest

from sandbox.telegram.store.texts import (
    UnreadableError,
    found_entities,
    part,
    read_html,
    units,
)


def test_tags_become_entities_in_utf16_units() -> None:
    """Telegram counts an emoji twice; a bot that counts characters formats the wrong words."""
    read = read_html("😀 <b>bold <i>both</i></b> &lt;x&gt; &amp; <code>c</code>")
    assert read.text == "😀 bold both <x> & c"
    assert [(e["type"], part(read.text, e)) for e in read.entities] == [
        ("bold", "bold both"),
        ("italic", "both"),
        ("code", "c"),
    ]
    assert units("😀a") == 3


@pytest.mark.parametrize(
    ("source", "kind", "field"),
    [
        ('<a href="https://x.org/?a=1&amp;b=2">x</a>', "text_link", "https://x.org/?a=1&b=2"),
        ("<blockquote expandable>x</blockquote>", "expandable_blockquote", None),
        ("<blockquote>x</blockquote>", "blockquote", None),
        ('<span class="tg-spoiler">x</span>', "spoiler", None),
        ('<tg-emoji emoji-id="5">x</tg-emoji>', "custom_emoji", "5"),
        ('<pre><code class="language-python">x</code></pre>', "pre", "python"),
        ("<del>x</del>", "strikethrough", None),
        ("<ins>x</ins>", "underline", None),
    ],
)
def test_each_documented_tag_is_read(source: str, kind: str, field: str | None) -> None:
    """The fake must not refuse what the real server accepts."""
    (entity,) = read_html(source).entities
    assert entity["type"] == kind
    assert field is None or field in entity.values()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("<b>open", 'Can\'t find end tag corresponding to start tag "b"'),
        ("shut</b>", "Unexpected end tag at byte offset 4"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("ы <h1>x</h1>", 'Unsupported start tag "h1" at byte offset 3'),
        ("1 < 2", "Unclosed start tag at byte offset 2"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_wrong_tags_are_refused_in_telegrams_words(source: str, said: str) -> None:
    """A name like `<b>` that was not escaped must fail in tests as it would in production."""
    with pytest.raises(UnreadableError) as caught:
        read_html(source)
    assert str(caught.value) == said


def test_white_space_at_the_ends_goes_and_entities_follow() -> None:
    """Telegram trims texts: where a paste was cut at a line end, the line end is lost."""
    read = read_html("\n  <b> word </b>\n")
    assert read.text == "word"
    assert read.entities == ({"type": "bold", "offset": 0, "length": 4},)


def test_commands_and_mentions_are_marked_by_telegram_itself() -> None:
    """Filters on commands and mentions read entities, not the text."""
    text = "/check@numberdesk_bot 5/6 please @numberdesk_bot a@b.org"
    assert [part(text, e) for e in found_entities(text)] == [
        "/check@numberdesk_bot",
        "@numberdesk_bot",
    ]
