"""The address of a proxy, as a setting gives it."""

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

_PORTS = {"http": 3128, "https": 443, "socks5": 1080, "socks5h": 1080}
_LONGEST = 255  # bytes of a user or a password, by SOCKS5 (RFC 1929)

WANTED = "write http, https, socks5 or socks5h, such as socks5://user:password@host:1080"


@dataclass(frozen=True, slots=True)
class ProxyAddress:
    """Where a proxy is, and how it wants to be spoken to; no user: it asks for none."""

    scheme: str
    host: str
    port: int
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def speaks_socks(self) -> bool:
        """True for SOCKS5, False for HTTP."""
        return self.scheme.startswith("socks")


def parse_proxy(text: str) -> ProxyAddress:
    """Read `scheme://user:password@host:port`. Raises ValueError, which repeats nothing of it."""
    try:
        parts = urlsplit(text)
        scheme, host, port = parts.scheme, parts.hostname, parts.port
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
    except ValueError:  # its text may hold the password
        raise ValueError(f"is no address: {WANTED}") from None
    if scheme not in _PORTS or not host or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError(f"is no address of a proxy: {WANTED}")
    if max(len(user.encode()), len(password.encode())) > _LONGEST or (password and not user):
        raise ValueError("has a password without a user, or one that no proxy takes")
    if scheme.startswith("http") and ":" in user:
        raise ValueError("has a colon in its user, which HTTP can't send")
    return ProxyAddress(scheme, host, port or _PORTS[scheme], user, password)
