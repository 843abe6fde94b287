"""Work for the tests of `guarded`: it must be importable, and quickly, in a fresh process."""

import logging
import os
import signal
import sys
import time
import warnings

from nlp.engine import LimitError, guarded
from nlp.errors import CorpusError


def allocate(megabytes: int) -> int:
    return len(bytearray(megabytes * 2**20))


def chatter(answer: str) -> str:
    sys.stdout.write("on standard output")
    sys.stderr.write("on standard error")
    os.write(2, b"past Python, as C libraries do")
    logging.getLogger("pypdf").warning("through logging")
    warnings.warn("a warning", stacklevel=1)
    return answer


def die(how: int) -> None:
    os.kill(os.getpid(), how)


def leave(code: int) -> None:
    sys.exit(code)


def fail() -> None:
    raise ValueError("unforeseen")


def refuse() -> None:
    raise CorpusError("no text", where="corpus/a.pdf", hint="run OCR")


def unpicklable() -> object:
    return lambda: None


def loaded_modules() -> set[str]:
    return set(sys.modules)


def sleep(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def spin() -> None:
    while True:
        pass


def guarded_in_a_worker(text: str) -> str:
    return guarded(str.upper, text, memory_mb=1024, seconds=30)


def killed_in_a_worker(_: int) -> str:
    try:
        guarded(die, signal.SIGKILL, memory_mb=1024, seconds=30)
    except LimitError as error:
        return str(error)
    return "survived"
