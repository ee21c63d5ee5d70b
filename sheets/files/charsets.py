"""The charset of a text that is not in Unicode, detected from samples of the whole of it.

chardet weighs letters by language. Beside charset-normalizer, uchardet and chardetng it was right
most often about tables of names, cities and numbers in 26 languages.
"""

import re
from collections.abc import Iterator

import chardet

WINDOW = 1 << 13
"""Bytes of one sample."""
WINDOWS = 12
"""Samples of a text, evenly spread over it."""

CHARSETS = (
    *("cp932", "euc_jis_2004", "gb18030", "big5hkscs", "cp949"),
    *(f"cp{page}" for page in range(1250, 1259)),
    *("koi8-r", "koi8-u", "cp866", "iso8859-2", "iso8859-5", "iso8859-6", "iso8859-7", "cp874"),
    *("mac-roman", "mac-cyrillic", "cp850", "cp852", "cp857"),
)
"""What programs write tables in, each in its widest form: windows-1252 reads latin1, too."""
USUAL = "cp1252"
"""Where nothing speaks for another one."""

_ABOVE_ASCII = re.compile(rb"[\x80-\xff]")
# Blanks, dashes, quotes and dots of all Windows code pages. In numbers they are no letters.
_SIGNS = bytes((0x85, *range(0x91, 0x98), 0xA0, 0xAB, 0xBB))
_IN_NUMBERS = re.compile(rb"(?<=[0-9+)])[\xa0\x96\x97]+(?=[0-9(])")

# Two-byte characters of EUC-JP and GB2312 share their bytes. Common Japanese characters end before
# 0xD0 (JIS level 1); a third of common Chinese ones, sorted by pinyin, stand behind.
_PAIR = re.compile(rb"[\x80-\xff][\x80-\xff]")
_KANJI, _LEVEL_2 = 0xB0, 0xD0
_ENOUGH = 12
_KANA = 0xA4, 0xA5


def charset_of(data: bytes) -> str:
    """Return the likeliest of `CHARSETS`, as a codec that reads and writes it."""
    sample = _IN_NUMBERS.sub(b" ", b"\n".join(_samples(data)))
    if not _ABOVE_ASCII.search(sample.translate(None, _SIGNS)):
        return USUAL
    found = chardet.detect(
        sample,
        max_bytes=len(sample),
        include_encodings=CHARSETS,
        compat_names=False,
        no_match_encoding=USUAL,
    )
    charset = found["encoding"] or USUAL
    return "euc_jis_2004" if charset == "gb18030" and _is_euc_jp(sample) else charset


def _samples(data: bytes) -> Iterator[bytes]:
    """Yield lines of each part of the text from the first one on that isn't ASCII."""
    step = max(WINDOW, -(-len(data) // WINDOWS))
    for start in range(0, len(data), step):
        found = _ABOVE_ASCII.search(data, start, start + step)
        if found is None:
            continue
        # Lines are whole in every charset here; of a longer line the cut costs a character.
        begin = max(start, data.rfind(b"\n", max(start, found.start() - WINDOW), found.start()) + 1)
        begin = max(begin, found.start() - WINDOW // 2)
        end = min(begin + WINDOW, start + step)
        whole = data.rfind(b"\n", found.start(), end)
        yield data[begin : whole if whole > 0 and end < len(data) else end]


def _is_euc_jp(sample: bytes) -> bool:
    try:
        sample.decode("euc_jis_2004")
    except UnicodeDecodeError:
        return False
    leads = [pair[0] for pair in _PAIR.findall(sample)]
    kanji = [lead for lead in leads if lead >= _KANJI]
    rare = sum(lead >= _LEVEL_2 for lead in kanji)
    if sum(lead in _KANA for lead in leads) * 10 > len(leads):
        return True
    return len(kanji) >= _ENOUGH and rare * 10 < len(kanji)


def prepare() -> None:
    """Load what detection needs: a confined process opens no files."""
    for charset in CHARSETS:
        charset_of("Имя é 電話番号 العربية\n".encode(charset, "ignore"))
