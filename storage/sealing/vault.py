"""Encryption of data about people and their numbers.

Blobs are sealed with AES-256-GCM (NIST SP 800-38D) under a key that is stored apart from the
database. Three keys are derived from DATA_KEY (HKDF, RFC 5869): one seals blobs, one seals files,
one makes digests (HMAC-SHA256) that find equal values without storing them.

Each blob is bound to its column and its row, as associated data: moved elsewhere in a database that
somebody changed, it doesn't open. In databases from before that, blobs are bound to their column
alone, so that replicas of the version before still read them; `numberdesk rekey` binds them all.
"""

import base64
import binascii
import hmac
import os
import secrets
import zlib
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
SQUEEZE_FROM = 256  # bytes; below that, compression costs more than it saves
PLAIN, SQUEEZED = b"\x00", b"\x01"
CANARY, _CANARY_PLACE = b"numberdesk", ("canary", "")


class WrongKeyError(Exception):
    """A blob was sealed with another DATA_KEY or for another row, or was altered since."""


class Vault:
    """Seals and opens blobs, and makes digests, with a data key of 32 bytes."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"the data key has {len(key)} bytes instead of {KEY_BYTES}")
        self._box = AESGCM(_derive(key, b"numberdesk seal 1"))
        self.file_box = AESGCM(_derive(key, b"numberdesk files 1"))
        self._digest_key = _derive(key, b"numberdesk digest 1")
        self.binds_rows = True
        """Whether blobs open in their own row only; the database's canary decides."""

    def new_canary(self) -> bytes:
        """Return a blob by which a database tells its key, and that its blobs are bound to rows."""
        return self.seal(CANARY, *_CANARY_PLACE)

    def recognise(self, canary: bytes) -> None:
        """Seal and open from now on as in the database of this canary. Raises WrongKeyError.

        No blob is ever opened in both ways: where rows are bound, none from before can be put in.
        """
        for self.binds_rows in (False, True):
            with suppress(WrongKeyError):
                self.open(canary, *_CANARY_PLACE)
                return
        raise WrongKeyError("the database was sealed with another DATA_KEY")

    def seal(self, plain: bytes, purpose: str, row: int | str) -> bytes:
        """Encrypt `plain`; it opens only with the same `purpose` (such as "lists.body") and row.

        row: What names it, and stays as long as the blob: see `storage.upkeep.reseal.bound_to`.
        Large values block for a while: call it in a thread above about 100 kB.
        """
        nonce = secrets.token_bytes(NONCE_BYTES)
        # Without a name for what is packed: it may be megabytes, and is gone before the next copy.
        return nonce + self._box.encrypt(
            nonce,
            SQUEEZED + zlib.compress(plain, 1) if len(plain) >= SQUEEZE_FROM else PLAIN + plain,
            self.place(purpose, row),
        )

    def open(self, blob: bytes, purpose: str, row: int | str) -> bytes:
        """Decrypt a sealed blob. Raises WrongKeyError."""
        try:
            place = self.place(purpose, row)
            body = self._box.decrypt(blob[:NONCE_BYTES], blob[NONCE_BYTES:], place)
        except (InvalidTag, ValueError):
            raise WrongKeyError(
                "what is stored can't be opened: it was sealed with another DATA_KEY, or elsewhere"
            ) from None
        return zlib.decompress(body[1:]) if body[:1] == SQUEEZED else body[1:]

    def seal_text(self, plain: str, purpose: str, row: int | str) -> bytes:
        """Encrypt a text."""
        return self.seal(plain.encode("utf-8", "surrogatepass"), purpose, row)

    def open_text(self, blob: bytes, purpose: str, row: int | str) -> str:
        """Decrypt a text. Raises WrongKeyError."""
        return self.open(blob, purpose, row).decode("utf-8", "surrogatepass")

    def place(self, purpose: str, row: int | str) -> bytes:
        """Return the associated data of a blob."""
        return f"{purpose}\0{row}".encode() if self.binds_rows else purpose.encode()

    def digest(self, value: bytes, purpose: str) -> str:
        """Return a keyed digest of 64 hex digits, equal for equal values."""
        return hmac.new(self._digest_key, purpose.encode() + b"\x00" + value, "sha256").hexdigest()


def _derive(key: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(key)


def new_key() -> str:
    """Return a new data key in the form of DATA_KEY: 44 characters of base64."""
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def parse_key(text: str) -> bytes:
    """Read DATA_KEY: base64 of 32 bytes, or 64 hex digits. Raises ValueError."""
    text = text.strip()
    try:
        if len(text) == 2 * KEY_BYTES:
            key = bytes.fromhex(text)
        else:
            key = base64.b64decode(text.replace("+", "-").replace("/", "_"), b"-_", validate=True)
    except (ValueError, binascii.Error):
        key = b""
    if len(key) != KEY_BYTES:
        raise ValueError("must be 32 bytes written in base64 (44 characters) or in hex (64)")
    return key


def key_from_file(path: Path) -> tuple[bytes, bool]:
    """Return the key in `path`, made there with mode 0600 if needed, and whether it is new.

    Raises ValueError if the file holds something else, OSError if it can't be read.
    """
    try:
        return parse_key(path.read_text("utf-8-sig", "replace")), False
    except FileNotFoundError:
        pass
    text = new_key()
    # O_EXCL: of two processes that start at once, only one may make a key.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    return parse_key(text), True
