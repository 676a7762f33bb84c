"""What is asked of a contestant: how long its calls take, and what it makes of others' signatures."""

import gc
import hashlib
import json
import threading
import time


class Questions:
    def __init__(self, contestant, setup):
        self._make, self._setup = contestant, setup
        self._one = contestant(setup, setup["mchid"])
        self._text, self._kept, self._hashing = json.dumps(setup["answer"]), [], {}

    def answer(self, answer):
        """From now on this answer is read."""
        self._text = json.dumps(answer)
        return {}

    def sign(self, calls, in_flight, subject, **_):
        """How long so many requests take to build and sign."""
        return {"ns": together(self._subject("sign", subject, lambda: self._one.sign), calls, in_flight)}

    def verify(self, calls, in_flight, subject, **_):
        """How long so many answers take to verify and parse."""
        prepare = self._subject("verify", subject, lambda: self._one.reader(self._received()))
        return {"ns": together(prepare, calls, in_flight)}

    def _subject(self, op, subject, prepare):
        if subject == "whole":
            return prepare
        if op not in self._hashing:
            self._hashing[op] = as_long(prepare)
        return self._hashing[op]

    def authorization(self, **_):
        """The header of a request, for others to check."""
        return {"authorization": self._one.sign()["Authorization"]}

    def callers(self, count, first, **_):
        """How long so many callers with keys of their own take to make; each is used, and all are kept."""
        started = time.perf_counter_ns()
        made = [self._make(self._setup, str(first + number)) for number in range(count)]
        taken = time.perf_counter_ns() - started
        for caller in made:
            caller.sign()
            caller.reader(self._received())()
        self._kept.extend(made)
        gc.collect()
        return {"ns": taken}

    def _received(self):
        """The answer as it comes each time: in objects of its own."""
        return json.loads(self._text)

    def make(self, message):
        return {"signature": self._one.make(message)}

    def check(self, message, signature):
        return {"valid": self._one.check(message, signature)}

    def seal(self, plaintext):
        return {"ciphertext": self._one.seal(plaintext)}

    def open(self, ciphertext):
        return {"plaintext": self._one.open(ciphertext)}


def as_long(prepare):
    """Prepares hashing that takes as long as these calls: it does nothing else, and lets other threads run meanwhile."""
    known = bytes(range(256)) * 256
    ours, theirs = (min(together(one, 32, 1) for _ in range(8)) for one in (prepare, lambda: hashing(known)))
    data = known * (ours // theirs + 1)
    data = data[: len(known) * ours // theirs]
    return lambda: hashing(data)


def hashing(data):
    return lambda: hashlib.sha256(data).digest()


def together(prepare, calls, in_flight):
    """Nanoseconds that so many calls take, shared among so many threads; each has prepared its own."""
    spans, failures = [], []
    begin = threading.Barrier(in_flight)

    def share():
        work = [prepare() for _ in range(calls // in_flight)]
        begin.wait()
        # By its own clock: who only watches is handed the interpreter when much is done already.
        started = time.perf_counter_ns()
        try:
            for call in work:
                call()
        except Exception as error:
            failures.append(error)
        spans.append((started, time.perf_counter_ns()))

    threads = [threading.Thread(target=share) for _ in range(in_flight - 1)]
    for thread in threads:
        thread.start()
    share()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return max(end for _, end in spans) - min(start for start, _ in spans)
