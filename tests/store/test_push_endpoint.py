"""The client of `kg push` against a server that misbehaves as servers do."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from kg.errors import KgError, PushError, UsageError
from kg.store.graph_endpoint import GraphEndpoint
from kg.store.push import Part, push

TRIPLES = b"".join(b"<a:%d> <a:p> <a:o> .\n" % n for n in range(4))
NOBODY: dict[str, str] = {}


@dataclass
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Server:
    """Answers each request with the next of `answers`, and with 204 when they are used up."""

    url: str
    requests: list[Request] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    def endpoint(
        self, environment: dict[str, str] = NOBODY, *, retries: int = 3, timeout: float = 10
    ) -> GraphEndpoint:
        return GraphEndpoint(self.url, environment, retries=retries, timeout=timeout, sleep=self.waits.append)


Answer = Callable[[BaseHTTPRequestHandler], None]


def status(code: int, text: str = "", **headers: str) -> Answer:
    """A plain answer, after the whole request was read."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(text.encode())))
        handler.end_headers()
        handler.wfile.write(text.encode())

    return answer


def drop(handler: BaseHTTPRequestHandler) -> None:
    """Break the connection off without an answer."""
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def unread(answer: Answer) -> Answer:
    """Answer before the body was read, and close: what proxies do with a body that they do not want."""

    def early(handler: BaseHTTPRequestHandler) -> None:
        answer(handler)
        handler.close_connection = True

    early.__name__ = "unread"
    return early


@contextmanager
def serving(*answers: Answer) -> Iterator[Server]:
    left = list(answers)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _take(self) -> None:
            answer = left.pop(0) if left else status(204)
            # Mid body: half of it is read, then the answer says what happens.
            length = int(self.headers["Content-Length"])
            whole = answer is not drop and answer.__name__ != "unread"
            body = self.rfile.read(length if whole else length // 2)
            server.requests.append(Request(self.command, self.path, dict(self.headers.items()), body))
            answer(self)

        do_POST = do_PUT = _take  # noqa: N815 - names that http.server looks for

        def log_message(self, *_: object) -> None:
            pass

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server = Server(f"http://127.0.0.1:{listener.server_port}/store")
    thread = threading.Thread(target=listener.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join()


def send(endpoint: GraphEndpoint, *, replace: bool = False, graph: str | None = None) -> None:
    """Four triples in batches of two."""
    part = Part("graph.nt", graph, lambda: iter([TRIPLES]))
    with closing(endpoint):
        push(part, endpoint, replace=replace, size=len(TRIPLES) // 2)


def refused(server: Server, environment: dict[str, str] = NOBODY) -> str:
    with pytest.raises(PushError) as caught:
        send(server.endpoint(environment))
    assert caught.value.exit_code == 9
    return str(caught.value)


def test_whole_lines_go_to_the_graph_over_one_connection() -> None:
    with serving() as server:
        send(server.endpoint(), graph="https://a.example/g?x=1&y=ü")
    assert [(one.method, one.path) for one in server.requests] == [
        ("POST", "/store?graph=https%3A%2F%2Fa.example%2Fg%3Fx%3D1%26y%3D%C3%BC")
    ] * 2
    assert b"".join(one.body for one in server.requests) == TRIPLES
    assert all(one.body.count(b"\n") == 2 for one in server.requests)
    assert server.requests[0].headers["Content-Type"] == "application/n-triples"
    assert "Authorization" not in server.requests[0].headers


def test_replacing_puts_first_and_posts_after() -> None:
    with serving() as server:
        send(server.endpoint(), replace=True)
        with closing(server.endpoint()) as endpoint:
            push(Part("evidence.nt", "a:g", lambda: iter([])), endpoint, replace=True)
    assert [(one.method, one.path) for one in server.requests] == [
        ("PUT", "/store?default"),
        ("POST", "/store?default"),
        ("PUT", "/store?graph=a%3Ag"),
    ]
    assert server.requests[2].body == b""


def test_busy_twice_then_well() -> None:
    with serving(status(503), status(503, Retry_After="7")) as server:
        endpoint = server.endpoint()
        send(endpoint, replace=True)
    assert server.waits == [0.5, 7]
    assert endpoint.retried == 2
    assert [one.method for one in server.requests] == ["PUT", "PUT", "PUT", "POST"]
    assert b"".join(one.body for one in server.requests[2:]) == TRIPLES


def test_retry_after_may_be_a_date() -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    with serving(status(429, Retry_After=date), status(429, Retry_After="soon")) as server:
        send(server.endpoint())
    assert 25 < server.waits[0] <= 30
    assert server.waits[1] == 1


def test_a_connection_that_breaks_mid_body_is_made_again() -> None:
    with serving(status(204), drop, drop) as server:
        endpoint = server.endpoint()
        send(endpoint)
    assert endpoint.retried == 2
    assert server.waits == [0.5, 1]
    assert server.requests[0].body + server.requests[-1].body == TRIPLES


def test_patience_ends() -> None:
    with serving(*[status(500, "out of order")] * 9) as server:
        message = refused(server)
    assert message == (
        f"{server.url} answered 500 Internal Server Error; gave up after 4 tries "
        "(0 triples have arrived; all may be sent again)"
    )
    assert server.waits == [0.5, 1, 2]


def test_who_asks_for_too_much_patience_is_not_waited_for() -> None:
    with serving(status(503, Retry_After="3600")) as server:
        assert "asks to come back in 3600 s" in refused(server)
    assert server.waits == []


@pytest.mark.parametrize("answer", [status(401, "who?"), unread(status(401, "who?"))])
def test_unauthorised_is_said_at_once(answer: Answer) -> None:
    with serving(status(204), answer) as server:
        message = refused(server, {"KG_PUSH_USER": "me", "KG_PUSH_PASSWORD": "geheim"})
    assert "does not let you write (401): set KG_PUSH_USER" in message
    assert "(2 triples have arrived" in message
    assert "geheim" not in message
    assert (server.waits, len(server.requests)) == ([], 2)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (status(404, "<html>no</html>"), "is no Graph Store endpoint (404 Not Found)"),
        (status(405), "is no Graph Store endpoint (405 Method Not Allowed)"),
        (status(501), "is no Graph Store endpoint (501 Not Implemented)"),
        (status(413), "choose a smaller --batch-size"),
        (status(415, "Turtle only"), "takes no N-Triples (415): Turtle only"),
        (status(400, "bad \x1b[31m\nIRI"), "refuses (400 Bad Request): bad \x1b[31m IRI"),
        (status(307, Location="https://b.example/s"), "is elsewhere (307): push to https://b.example/s"),
    ],
)  # fmt: skip
def test_refusals_say_what_to_do(answer: Answer, words: str) -> None:
    with serving(answer) as server:
        message = refused(server)
    assert words in message
    assert "<html>" not in message
    assert len(server.requests) == 1


def test_a_long_answer_does_not_spill_into_the_next() -> None:
    with serving(status(200, "x" * 100_000)) as server:
        send(server.endpoint(retries=0))
    assert b"".join(one.body for one in server.requests) == TRIPLES


def test_credentials() -> None:
    with serving() as server:
        send(server.endpoint({"KG_PUSH_USER": "me", "KG_PUSH_PASSWORD": "ü:x"}))
        send(server.endpoint({"KG_PUSH_TOKEN": "abc"}))
    sent = [one.headers["Authorization"] for one in server.requests]
    assert sent == ["Basic bWU6w7w6eA=="] * 2 + ["Bearer abc"] * 2


def test_a_refusal_in_the_middle_of_sending_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    request = HTTPConnection.request

    def broken(self: HTTPConnection, *arguments: Any, **named: Any) -> None:
        request(self, *arguments, **named)
        raise BrokenPipeError  # what the system says when the server has closed its end, answered or not

    monkeypatch.setattr(HTTPConnection, "request", broken)
    with serving(unread(status(413))) as server:
        assert "choose a smaller --batch-size" in refused(server)
    assert server.waits == []


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/store"
    waits: list[float] = []
    said: list[str] = []
    endpoint = GraphEndpoint(url, NOBODY, retries=1, notify=said.append, sleep=waits.append)
    with pytest.raises(PushError, match=r"no server listens there; gave up after 2 tries"):
        endpoint.send("POST", None, TRIPLES)
    assert (waits, len(said)) == ([0.5], 1)
    assert said[0].endswith("; trying again in 0.5 s")
    with pytest.raises(PushError, match=r"gave up after 1 try$"):
        GraphEndpoint(url, NOBODY, retries=0, notify=said.append).send("POST", None, TRIPLES)


def test_a_server_that_says_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        url = f"http://127.0.0.1:{mute.getsockname()[1]}/store"
        endpoint = GraphEndpoint(url, NOBODY, retries=0, timeout=0.2)
        with pytest.raises(PushError, match="does not answer in time"):
            endpoint.send("POST", None, TRIPLES)


def test_a_server_without_tls_is_not_asked_twice() -> None:
    with serving() as server:
        endpoint = GraphEndpoint(server.url.replace("http:", "https:"), NOBODY, sleep=server.waits.append)
        with pytest.raises(PushError, match="does not speak TLS"):
            endpoint.send("POST", None, TRIPLES)
    assert server.waits == []


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("localhost:7878/store", "no address of an endpoint"),
        ("ftp://a.example/store", "no address of an endpoint"),
        ("http://a.example:x/store", "no address of an endpoint"),
        ("http://a.example/my store", "no address of an endpoint"),
        ("http://a.example/st\nore", "no address of an endpoint"),
        ("http://me:geheim@a.example/store", "credentials do not belong in an address"),
        ("http://a.example/store#g", "--graph"),
    ],
)
def test_addresses_that_are_none(url: str, words: str) -> None:
    with pytest.raises(UsageError, match=words) as caught:
        GraphEndpoint(url, NOBODY)
    assert "geheim" not in json.dumps(str(caught.value))


def test_credentials_that_are_none() -> None:
    for environment in ({"KG_PUSH_TOKEN": "a", "KG_PUSH_USER": "b"}, {"KG_PUSH_TOKEN": "a\r\nX: y"}):
        with pytest.raises(KgError) as caught:
            GraphEndpoint("http://a.example/store", environment)
        assert isinstance(caught.value, UsageError)


def test_secrets_over_a_plain_network_are_noticed() -> None:
    secret = {"KG_PUSH_TOKEN": "abc"}
    told = [
        GraphEndpoint(url, environment).tells_secrets
        for url, environment in (
            ("http://a.example/store", secret),
            ("http://a.example/store", NOBODY),
            ("https://a.example/store", secret),
            ("http://localhost:7878/store", secret),
        )
    ]
    assert told == [True, False, False, False]
