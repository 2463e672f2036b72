"""A student's process may say anything on its line; what is not of the expected form is refused or left out, and nothing fails."""

import json
import socket
import threading

import numpy as np
import pytest

from autograder.isolation import messages, session
from autograder.isolation.figures import Pictures
from autograder.isolation.messages import HEADER, Line, LineBroken
from autograder.isolation.session import Session
from matrix_checks.checks.comparing import Foreign
from matrix_checks.checks.functions import Given


@pytest.fixture
def ends():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def frame(text: bytes, *arrays: bytes) -> bytes:
    sizes = b"".join(len(array).to_bytes(8, "big") for array in arrays)
    body = text + sizes + b"".join(arrays)
    return HEADER.pack(len(body), len(arrays), len(text)) + body


def received(message: dict) -> dict:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        sender = threading.Thread(target=Line(theirs).send, args=(message,))
        sender.start()
        try:
            return Line(ours).receive(5)
        finally:
            sender.join()


VIEW = np.arange(12.0).reshape(3, 4)


@pytest.mark.parametrize(
    "value",
    [
        *(None, True, 3, -2.5, "text", (), [], {}, (1, [2, {"a": (3,)}]), ["array", ""], {"array": 0}),
        *(np.zeros((0, 3)), VIEW, VIEW.T, np.asfortranarray(VIEW)[:, 1:3], VIEW.astype(np.float32), VIEW > 3, np.float64(2.0)),
        np.ones((400, 400)),
    ],
    ids=repr,
)
def test_what_is_sent_arrives(value):
    arrived = received({"value": value})["value"]
    assert type(arrived) is type(value)
    np.testing.assert_array_equal(arrived, value) if isinstance(value, np.ndarray) else None
    assert isinstance(value, np.ndarray) or arrived == value
    if isinstance(value, np.ndarray):
        assert (arrived.dtype, arrived.flags.f_contiguous) == (value.dtype, value.flags.f_contiguous)


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
def test_numbers_that_json_does_not_know_arrive(value):
    np.testing.assert_equal(received({"value": value})["value"], value)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (np.ma.array([1.0], mask=True), "subclass"),
        (np.array(["text"]), "dtype"),
        (np.array([object()]), "dtype"),
        (np.broadcast_to(0.0, (10**5, 10**5)), "huge"),
        ({1}, "set"),
        (object(), "object"),
        (2**70, "object"),
        ({1: 2}, "object"),
    ],
)
def test_what_cannot_be_sent_is_named(value, kind):
    assert received({"value": value})["value"] == Foreign(kind)


def test_messages_that_come_in_one_piece_or_in_many_are_told_apart(ends):
    ours, theirs = ends
    text = frame(b'{"a": 1}') + frame(b'{"b": 2}') + frame(b'{"c": 3}')
    line = Line(ours)
    theirs.sendall(text[:50])
    assert line.receive(1) == {"a": 1}
    for place in range(50, len(text)):
        theirs.send(text[place : place + 1])
    assert [line.receive(1), line.receive(1)] == [{"b": 2}, {"c": 3}]


def test_many_messages_of_all_sizes_follow_one_another(ends):
    ours, theirs = ends
    sizes = [0, 1, 65_000, 65_536, 70_000, 200_000, 3, 131_000, 2]
    sender = threading.Thread(target=lambda: [Line(theirs).send({"x": "x" * size}) for size in sizes])
    sender.start()
    line = Line(ours)
    assert [len(line.receive(5)["x"]) for _ in sizes] == sizes
    sender.join()


NPY = messages._header((2,), np.dtype(float), False)


@pytest.mark.parametrize(
    "data",
    [
        HEADER.pack(2**40, 0, 2) + b"{}",
        HEADER.pack(2, 2**31, 2) + b"{}",
        HEADER.pack(2, 0, 2**40) + b"{}",
        frame(b"no JSON"),
        frame(b"[" * 100_000),
        frame(b"[]"),
        frame(b'["list"]'),
        frame(b"3"),
        frame(b'{"a": []}'),
        frame(b'{"a": ["array", ""]}'),
        frame(b'{"a": ["array"]}'),
        frame(b'{"a": ["array", 0, ""]}', NPY + bytes(16)),
        frame(b'{"a": ["array", ""]}', NPY + bytes(8)),
        frame(b'{"a": ["array", ""]}', NPY),
        frame(b'{"a": ["array", ""]}', b"no array"),
        frame(
            b'{"a": ["array", ""]}',
            b"\x93NUMPY\x01\x00v\x00{'descr': '|O', 'fortran_order': False, 'shape': (1,), }".ljust(127) + b"\n" + bytes(8),
        ),
        frame(
            b'{"a": ["array", ""]}',
            b"\x93NUMPY\x01\x00v\x00{'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }".ljust(127) + b"\n",
        ),
        frame(
            b'{"a": ["array", ""]}',
            b"\x93NUMPY\x01\x00v\x00{'descr': '<f8', 'fortran_order': False, 'shape': (1" + b"0" * 40 + b",), }\n",
        ),
        frame(b'{"a": ["foreign", []]}'),
        frame(b'{"a": ["pickle", "x"]}'),
        frame(b'{"a": ' + b"1" * 5000 + b"}"),
        frame(b'{"a": ["list"' + b",[]" * 3_000_000 + b"]}"),
        b"\xff" * 200,
        b"",
    ],
    ids=range(24),
)
def test_what_is_no_message_breaks_the_line_and_nothing_else(ends, data):
    ours, theirs = ends

    def say():
        try:
            theirs.sendall(data)
            theirs.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    sender = threading.Thread(target=say)
    sender.start()
    with pytest.raises(LineBroken):
        Line(ours).receive(5)
    ours.close()
    sender.join()


JUNK = [None, 3, "text", ["list"], ["list", 3, None], {"a": 3}, {"data": 3, "output_type": "display_data"}, True]


def answered(ends, answer: dict, ask):
    """What a session makes of an answer."""
    ours, theirs = ends
    theirs.sendall(frame(json.dumps(answer).encode()))
    return ask(Session(ours, 5))


@pytest.mark.parametrize("junk", JUNK, ids=repr)
@pytest.mark.parametrize(
    "name", ["value", "failure", "parameters", "changed", "shared", "printed", "warned", "too_long", "outcome"]
)
def test_a_badly_formed_outcome_is_an_outcome_all_the_same(ends, name, junk):
    answer = {"outcome": junk} if name == "outcome" else {"outcome": {name: junk}}
    outcome = answered(ends, answer, lambda each: each.call("f", (1.0,), 1.0, Given()))
    assert all(isinstance(text, str) for text in (*outcome.parameters, *outcome.warned, outcome.printed))
    assert not {*outcome.changed, *outcome.shared} - {0}


KINDS = ("stream", "error", "display_data", "execute_result")
FIELDS = ("output_type", "name", "text", "data", "ename", "evalue", "traceback", "execution_count")
ANSWERS = [
    lambda junk, kind=kind, name=name: {"outputs": ["list", {"output_type": kind, name: junk}]} for kind in KINDS for name in FIELDS
]
ANSWERS += [lambda junk, name=name: {name: junk} for name in ("outputs", "names")]


@pytest.mark.parametrize("junk", JUNK, ids=repr)
@pytest.mark.parametrize("form", ANSWERS)
def test_badly_formed_outputs_are_left_out_or_made_good(ends, form, junk):
    answer = form(junk)
    for output in answered(ends, answer, lambda each: each.run_cell("1", 1.0)):
        assert output["output_type"] in ("stream", "error", "display_data", "execute_result")
        assert all(isinstance(text, str) for text in (*output.get("data", {}).values(), *output.get("traceback", ())))


def test_outputs_of_a_tampered_process_are_bounded_for_all_cells_together(ends, monkeypatch):
    monkeypatch.setattr(session, "MAXIMAL_OUTPUT", 2500)
    ours, theirs = ends
    student = Session(ours, 5)
    said = {"outputs": ["list", {"output_type": "stream", "name": "stdout", "text": "x" * 1000}]}
    texts = []
    for _ in range(4):
        theirs.sendall(frame(json.dumps(said).encode()))
        texts += [output["text"] for output in student.run_cell("1", 1.0)]
    assert [len(text) for text in texts[:2]] == [1000, 1000]
    assert all("cut off" in text for text in texts[2:])


@pytest.mark.parametrize(
    "output",
    [
        {"output_type": "display_data"},
        {"output_type": "error", "ename": "x" * 2000},
        {"output_type": "error", "traceback": ["list", *["x"] * 1100]},
    ],
    ids=["empty", "names", "lines"],
)
def test_no_kind_of_output_is_taken_without_being_counted(ends, output):
    ours, theirs = ends
    text = json.dumps({"outputs": ["list", *[output] * 1100]}, separators=(",", ":")).encode()
    threading.Thread(target=theirs.sendall, args=(frame(text),), daemon=True).start()
    student = Session(ours, 20)
    outputs = student.run_cell("1", 10.0)
    assert len(outputs) <= 1001 and "cut off" in outputs[-1]["text"]
    assert all(len(each.get("traceback", ())) <= 1000 for each in outputs)
    assert student._room <= session.MAXIMAL_OUTPUT - 200 * 1000


def test_an_array_is_there_once_however_often_it_is_spoken_of(ends):
    ours, theirs = ends
    theirs.sendall(frame(b'{"a": ["list", ["array", ""], ["array", ""]]}', NPY + bytes(16)))
    with pytest.raises(LineBroken):
        Line(ours).receive(1)


def test_the_trusted_end_makes_no_gaps_between_numbers(ends):
    ours, theirs = ends
    gapped = np.arange(8.0).reshape(2, 4)[:, ::2]
    Line(theirs).send({"a": gapped})
    assert Line(ours).receive(1)["a"].flags.c_contiguous
    Line(ours).send({"a": gapped})
    assert not Line(theirs, gaps=True).receive(1)["a"].flags.c_contiguous


def test_an_answer_that_comes_too_late_is_no_answer_to_the_next_question(ends):
    ours, theirs = ends
    student = Session(ours, 0.05)
    student.use_pictures(Pictures())
    theirs.sendall(frame(b'{"ready": true}') + frame(b'{"outcome": {"value": 1.0}}'))
    assert student.ended
    assert student.call("f", (1.0,), 1.0, Given()).value is None


def test_a_process_that_drips_its_answer_is_late(ends):
    ours, theirs = ends
    line = Line(ours)
    theirs.sendall(frame(b'{"a": 1}')[:-1])
    with pytest.raises(LineBroken, match="in time"):
        line.receive(0.05)
