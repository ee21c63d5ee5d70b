import base64
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.sealing.vault import (
    SQUEEZE_FROM,
    Vault,
    WrongKeyError,
    key_from_file,
    new_key,
    parse_key,
)

KEYS = st.binary(min_size=32, max_size=32)
PURPOSES = st.text(max_size=20)
ROWS = st.integers() | st.text(max_size=20)


@given(key=KEYS, plain=st.binary(max_size=2 * SQUEEZE_FROM), purpose=PURPOSES)
def test_what_was_sealed_opens(key: bytes, plain: bytes, purpose: str) -> None:
    """Protects every stored value: it opens unchanged, compressed or not."""
    vault = Vault(key)
    sealed = vault.seal(plain, purpose, 1)
    assert vault.open(sealed, purpose, 1) == plain
    assert vault.seal(plain, purpose, 1) != sealed  # a nonce is never used twice


@given(text=st.text(st.characters(), max_size=400))
def test_any_text_survives(text: str) -> None:
    """Protects foreign texts, in any script, for as long as they are kept."""
    vault = Vault(bytes(32))
    assert vault.open_text(vault.seal_text(text, "t", 1), "t", 1) == text


def test_a_lone_surrogate_survives() -> None:
    """Protects against a crash on half an emoji, which JSON can hold and UTF-8 can't."""
    vault, text = Vault(bytes(32)), "half \ud83d"
    assert vault.open_text(vault.seal_text(text, "t", 1), "t", 1) == text


@given(key=KEYS, other=KEYS, plain=st.binary(max_size=600))
def test_another_key_opens_nothing(key: bytes, other: bytes, plain: bytes) -> None:
    """Protects the data at rest: only the key it was sealed with opens it."""
    if key == other:
        return
    with pytest.raises(WrongKeyError):
        Vault(other).open(Vault(key).seal(plain, "p", 1), "p", 1)


@given(plain=st.binary(max_size=600), purpose=PURPOSES, other=PURPOSES)
def test_a_blob_opens_only_where_it_belongs(plain: bytes, purpose: str, other: str) -> None:
    """Protects against a blob that was copied into another column."""
    if purpose == other:
        return
    vault = Vault(bytes(32))
    with pytest.raises(WrongKeyError):
        vault.open(vault.seal(plain, purpose, 1), other, 1)


@given(row=ROWS, other=ROWS, binds=st.booleans())
def test_a_blob_opens_only_in_its_row(row: int | str, other: int | str, *, binds: bool) -> None:
    """Protects against a blob that was copied into another row, once the database binds them."""
    vault = Vault(bytes(32))
    vault.binds_rows = binds
    canary, blob = vault.new_canary(), vault.seal(b"plain", "p", row)
    reader = Vault(bytes(32))
    reader.recognise(canary)
    assert reader.binds_rows == binds
    assert reader.open(blob, "p", row) == b"plain"
    if binds and str(row) != str(other):
        with pytest.raises(WrongKeyError):
            reader.open(blob, "p", other)
    reader.binds_rows = not binds
    with pytest.raises(WrongKeyError):
        reader.open(blob, "p", row)


def test_a_wrong_key_recognises_nothing() -> None:
    """Protects the next key of `rekey`: it binds rows also where it was tried in vain before."""
    vault = Vault(bytes(range(32)))
    with pytest.raises(WrongKeyError):
        vault.recognise(Vault(bytes(32)).new_canary())
    assert vault.binds_rows


@given(plain=st.binary(max_size=600), where=st.integers(min_value=0), bit=st.integers(0, 7))
def test_one_changed_bit_is_noticed(plain: bytes, where: int, bit: int) -> None:
    """Protects against altered data: it is refused, and never returned as valid."""
    vault = Vault(bytes(32))
    blob = bytearray(vault.seal(plain, "p", 1))
    blob[where % len(blob)] ^= 1 << bit
    with pytest.raises(WrongKeyError):
        vault.open(bytes(blob), "p", 1)


@given(plain=st.binary(max_size=600), cut=st.integers(min_value=0))
def test_a_cut_blob_is_noticed(plain: bytes, cut: int) -> None:
    """Protects against half-written data, an empty blob included."""
    vault = Vault(bytes(32))
    blob = vault.seal(plain, "p", 1)
    with pytest.raises(WrongKeyError):
        vault.open(blob[: cut % len(blob)], "p", 1)


@given(key=KEYS, value=st.binary(max_size=40), other=st.binary(max_size=40), purpose=PURPOSES)
def test_digests_find_equal_things_only(
    key: bytes, value: bytes, other: bytes, purpose: str
) -> None:
    """Protects "this list was checked already": equal lists match, others and other uses don't."""
    vault = Vault(key)
    digest = vault.digest(value, purpose)
    assert (digest == vault.digest(other, purpose)) == (value == other)
    assert digest != vault.digest(value, purpose + "!")
    assert digest != Vault(bytes(a ^ 1 for a in key)).digest(value, purpose)
    assert len(digest) == 64


@given(key=KEYS)
def test_every_written_form_of_a_key_is_read(key: bytes) -> None:
    """Protects a key made with another tool: hex and both base64 alphabets are read."""
    written = [
        key.hex(),
        key.hex().upper(),
        base64.b64encode(key).decode(),
        base64.urlsafe_b64encode(key).decode(),
        f"  {base64.b64encode(key).decode()}\n",
    ]
    assert {parse_key(form) for form in written} == {key}
    assert len(parse_key(new_key())) == 32


@pytest.mark.parametrize(
    "wrong",
    ["", "secret", "ключ", "=" * 44, "g" * 64, "ab" * 31, base64.b64encode(bytes(31)).decode()],
)
def test_what_is_no_key_is_refused(wrong: str) -> None:
    """Protects against a password in place of a key: the error says what a key looks like."""
    with pytest.raises(ValueError, match="32 bytes written in base64"):
        parse_key(wrong)


@pytest.mark.parametrize("wrong", ["ab " * 20 + "abcd", "A" * 43 + "=  !?#"])
def test_a_mistyped_key_is_refused(wrong: str) -> None:
    """Protects against a key with a typo."""
    with pytest.raises(ValueError, match="32 bytes written in base64"):
        parse_key(wrong)


def test_the_key_file_is_made_once_and_is_private(tmp_path: Path) -> None:
    """Protects stored data: the second start finds the same key, and no other user can read it."""
    path = tmp_path / "data.key"
    key, is_new = key_from_file(path)
    assert is_new
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert key_from_file(path) == (key, False)


@pytest.mark.parametrize("content", [b"", b"not a key\n", b"\xff\xfe"])
def test_a_spoilt_key_file_is_never_replaced(tmp_path: Path, content: bytes) -> None:
    """Protects stored data: a new key in its place would lock everything away for good."""
    path = tmp_path / "data.key"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"."):
        key_from_file(path)
    assert path.read_bytes() == content
