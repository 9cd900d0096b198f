"""A client of the SPARQL 1.1 Graph Store HTTP Protocol that waits and tries again.

Everything it sends may arrive twice and does no harm: a graph is a set of triples, and those of a build hold no blank
nodes. https://www.w3.org/TR/sparql11-http-rdf-update/
"""

from __future__ import annotations

import ssl
import time
from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Final, Literal, NamedTuple
from urllib.parse import SplitResult, quote, urlsplit

from kg.errors import PushError, UsageError

USER, PASSWORD, TOKEN = "KG_PUSH_USER", "KG_PUSH_PASSWORD", "KG_PUSH_TOKEN"
"""The variables of the environment that hold credentials: arguments can be seen by every user of a machine."""

FIRST_WAIT: Final = 0.5
"""Seconds before the second try; before each other one twice as many as before the last."""

LONGEST_WAIT: Final = 300
"""Seconds; a server that asks for more patience is not waited for."""

_MESSAGE: Final = 2000  # bytes of a server's answer that are read, since it may be a web page
_BROKEN: Final = (ssl.SSLEOFError, ssl.SSLZeroReturnError)
"""Connections that ended, as others do: they are tried again."""

_NOT_TRIED_AGAIN: Final = {501, 505}  # of the answers 5xx; they would be the same again


class Answer(NamedTuple):
    """What a server said."""

    status: int
    reason: str
    retry_after: str | None
    location: str | None
    text: str


class GraphEndpoint:
    """The graphs of a server, by the address of its Graph Store endpoint.

    `retries` is how often a request is tried again after the answers 429 and 5xx and after a connection that failed;
    `timeout` is in seconds, for connecting and for each answer; `notify` is told why and how long there is a wait.
    Raises `UsageError` for an address that is none.
    """

    def __init__(
        self,
        url: str,
        environment: Mapping[str, str],
        *,
        timeout: float = 60,
        retries: int = 5,
        notify: Callable[[str], None] = lambda _: None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._address = _checked(url)
        self._authorization = _authorization(environment)
        self._timeout, self._retries = timeout, retries
        self._notify, self._sleep = notify, sleep
        self._connection: HTTPConnection | None = None
        self.retried = 0

    @property
    def tells_secrets(self) -> bool:
        """Whether credentials go over a network unencrypted."""
        local = self._address.hostname in {"localhost", "127.0.0.1", "::1"}
        return self._authorization is not None and self._address.scheme == "http" and not local

    def send(self, method: Literal["POST", "PUT"], graph: str | None, triples: bytes) -> None:
        """Add N-Triples to the graph of that IRI, or with PUT let them take its place; None is the default graph.

        Raises `PushError` where the server refuses, or all tries failed.
        """
        for tried in range(self._retries + 1):
            try:
                answer = self._ask(method, graph, triples)
            except (OSError, HTTPException) as error:
                self.close()
                if isinstance(error, ssl.SSLCertVerificationError):
                    raise PushError(f"{self._name} cannot be trusted: {error}") from error
                if isinstance(error, ssl.SSLError) and not isinstance(error, _BROKEN):
                    raise PushError(
                        f"{self._name} does not speak TLS as this machine does: {error}"
                    ) from error
                trouble, asked = _connection_trouble(error), None
            else:
                if 200 <= answer.status < 300:
                    return
                if answer.status != 429 and (answer.status < 500 or answer.status in _NOT_TRIED_AGAIN):
                    raise PushError(f"{self._name} {_refusal(answer)}")
                trouble, asked = f"answered {answer.status} {answer.reason}", answer.retry_after
            if tried == self._retries:
                break
            wait = max(FIRST_WAIT * 2**tried, _seconds(asked))
            if wait > LONGEST_WAIT:
                raise PushError(f"{self._name} {trouble} and asks to come back in {wait:.0f} s")
            self._notify(f"{self._name} {trouble}; trying again in {wait:g} s")
            self._sleep(wait)
            self.retried += 1
        tries = f"{self._retries + 1} tries" if self._retries else "1 try"
        raise PushError(f"{self._name} {trouble}; gave up after {tries}")

    def close(self) -> None:
        """End the connection; the next request opens another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @property
    def _name(self) -> str:
        return f"{self._address.scheme}://{self._address.netloc}{self._address.path}"

    def _ask(self, method: str, graph: str | None, triples: bytes) -> Answer:
        if self._connection is None:
            of = HTTPSConnection if self._address.scheme == "https" else HTTPConnection
            self._connection = of(self._address.hostname or "", self._address.port, timeout=self._timeout)
        chosen = "default" if graph is None else f"graph={quote(graph, safe='')}"
        query = f"{self._address.query}&{chosen}" if self._address.query else chosen
        headers = {"Content-Type": "application/n-triples", "Accept": "*/*", "User-Agent": "kg"}
        if self._authorization is not None:
            headers["Authorization"] = self._authorization
        try:
            self._connection.request(method, f"{self._address.path or '/'}?{query}", triples, headers)
        except (BrokenPipeError, ConnectionResetError):
            # A server that refuses may do so before it has read everything; its answer says why.
            try:
                return self._answer(self._connection)
            finally:
                self.close()
        return self._answer(self._connection)

    def _answer(self, connection: HTTPConnection) -> Answer:
        response = connection.getresponse()
        text = response.read(_MESSAGE).decode("utf-8", "replace")
        if not response.isclosed():  # more than is of use here: the rest would be taken for the next answer
            self.close()
        header = response.headers.get
        return Answer(response.status, response.reason, header("Retry-After"), header("Location"), text)


def _checked(url: str) -> SplitResult:
    """The parts of an endpoint's address; raises `UsageError` where it is none."""
    try:
        address = urlsplit(url)
        known = address.scheme in {"http", "https"} and address.hostname and address.port != 0
    except ValueError:  # a port that is no number, a bracket that is open
        known = None
    if not known or not url.isascii() or not url.isprintable() or " " in url:
        raise UsageError(f"no address of an endpoint: {url!r}; one is http://localhost:7878/store")
    if "@" in address.netloc:
        raise UsageError(
            f"credentials do not belong in an address, where others see them: set {USER} and {PASSWORD}"
        )
    if address.fragment:
        raise UsageError("an address of an endpoint has no fragment (#…): name the graph with --graph")
    return address


def _authorization(environment: Mapping[str, str]) -> str | None:
    token, user, password = (environment.get(name, "") for name in (TOKEN, USER, PASSWORD))
    if token and (user or password):
        raise UsageError(f"{TOKEN} and {USER} or {PASSWORD} are set: the server takes one of them")
    if "\n" in token or "\r" in token or not token.isascii():
        raise UsageError(f"{TOKEN} holds characters that no token has")
    if token:
        return f"Bearer {token}"
    if user or password:
        return f"Basic {b64encode(f'{user}:{password}'.encode()).decode('ascii')}"
    return None


def _connection_trouble(error: OSError | HTTPException) -> str:
    match error:
        case TimeoutError():
            return "does not answer in time"
        case ConnectionRefusedError():
            return "refuses the connection: no server listens there"
        case OSError(strerror=str(said)):
            return f"cannot be reached: {said}"
        case _:
            return f"broke off the connection ({type(error).__name__})"


def _refusal(answer: Answer) -> str:
    """Why a server did not take triples, and what can be done."""
    said = " ".join(answer.text.split())
    quoted = f": {said[:300]}" if said and not said.startswith("<") else ""
    match answer.status:
        case 401 | 403:
            return f"does not let you write ({answer.status}): set {USER} and {PASSWORD}, or {TOKEN}{quoted}"
        case 404 | 405 | 501:
            return (
                f"is no Graph Store endpoint ({answer.status} {answer.reason}): "
                "Oxigraph's ends in /store, Fuseki's in /data"
            )
        case 413:
            return "takes no requests of this size (413): choose a smaller --batch-size"
        case 406 | 415:
            return f"takes no N-Triples ({answer.status}){quoted}"
        case status if 300 <= status < 400:
            return f"is elsewhere ({status}): push to {answer.location or 'its new address'}"
        case status:
            return f"refuses ({status} {answer.reason}){quoted}"


def _seconds(retry_after: str | None) -> float:
    """How long the header Retry-After asks to wait: a number of seconds, or a date; 0 for anything else."""
    if retry_after is None:
        return 0
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return 0
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
