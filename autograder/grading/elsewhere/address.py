"""Which addresses of a scheduler are safe to use."""

import ipaddress
from urllib.parse import urlsplit

HOW_TO = "Use tls:// with certificates, as docs/cluster.md says; tcp:// is for this machine alone (127.0.0.1)."


class UnsafeAddress(ValueError):
    """The message says why, and what to use instead."""


def require_safe(address: str) -> None:
    """Raise :class:`UnsafeAddress` unless nobody but who has a certificate, or an account on this machine, reaches the scheduler.

    Whoever reaches an open scheduler has its workers run any code, beside the hidden tests.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise UnsafeAddress(f"{address} is no address of a scheduler, such as tls://host:8786: {error}.") from error
    if parts.scheme not in ("tls", "tcp") or not host or port is None:
        raise UnsafeAddress(f"{address} is no address of a scheduler, such as tls://host:8786.")
    if parts.scheme == "tcp" and not _is_this_machine(host):
        raise UnsafeAddress(f"{address} is open to whoever reaches it, and would run their code beside the hidden tests. {HOW_TO}")


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        # Other names may be resolved to anything.
        return host == "localhost"
