"""Whether what goes to an address of a site's could be read on its way."""

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import parse_qs, unquote, urlsplit

from lots.errors import CallError

# Less than these fall back to a connection that is not encrypted.
ENCRYPTED = ("require", "verify-ca", "verify-full")
NOTHING: Mapping[str, str] = {}


def is_loopback(host: str) -> bool:
    """Whether only this machine is reached by that name or number."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def expect_encrypted(name: str, url: str, environ: Mapping[str, str] = NOTHING) -> None:
    """Raise CallError where the address of a database leads to another host, and nothing in it says
    that the connection is encrypted. name: the setting that it was told by. environ: from which libpq
    takes what the address leaves open.
    """
    try:
        parted = urlsplit(url)
    except ValueError:
        raise CallError(
            f"{name}: address: expected postgresql://user@host/database, got no URL."
        ) from None
    query = parse_qs(parted.query)
    places = [_host(one) for one in parted.netloc.rpartition("@")[2].split(",")]
    for option in ("host", "hostaddr"):
        places += [one for told in query.get(option, ()) for one in told.split(",")]
    open_to = {"PGHOST": not any(places), "PGHOSTADDR": "hostaddr" not in query}
    places += [p for named, so in open_to.items() if so for p in environ.get(named, "").split(",")]
    elsewhere = [p for p in places if p and not p.startswith(("/", "@")) and not is_loopback(p)]
    # A file of libpq's may name any host.
    if not elsewhere and "service" not in query:
        return
    _expect(name, query.get("sslmode", ["none"])[-1])


def expect_hidden(name: str, number: str, mode: str) -> None:
    """Raise CallError where a connection leads to another host, by its number, and may not be
    encrypted.
    """
    if number and not is_loopback(number):
        _expect(name, mode)


def _expect(name: str, got: str) -> None:
    if got not in ENCRYPTED:
        raise CallError(
            f"{name}: sslmode: expected require, verify-ca or verify-full, as it leads to another host,"
            f" got {got}."
        )


def _host(place: str) -> str:
    """The host of `host:port`, without brackets."""
    if place.startswith("["):
        return place[1:].partition("]")[0]
    return unquote(place.partition(":")[0])
