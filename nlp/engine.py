"""How work is spread over processes and kept within limits; never what it computes."""

import contextlib
import math
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from nlp.errors import CrossframeError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


class LimitError(Exception):
    """Guarded work came to no outcome; the words say what stopped it."""


def spread(work: Callable[[Item], Outcome], items: Sequence[Item], *, workers: int) -> Iterator[Outcome]:
    """Outcomes in the order of the items. With several workers, `work` must be importable by name."""
    if workers <= 1 or len(items) <= 1:
        yield from map(work, items)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Fresh processes: a fork would copy locks and thread pools of the numeric libraries.
    with ProcessPoolExecutor(min(workers, len(items)), mp_context=get_context("spawn")) as pool:
        yield from pool.map(work, items)


def guarded(work: Callable[..., Outcome], *arguments: object, memory_mb: int, seconds: float) -> Outcome:
    """The outcome of `work(*arguments)`, done in a fresh process that is stopped at its limits.

    `work` must be importable by name; what it writes to the terminal is dropped. The memory limit
    (of addresses, RLIMIT_AS) holds where the system has one: not on Windows. Raises a CrossframeError
    of the work as it is, and LimitError if it took too long or too much memory, died, or failed in a
    way that it did not foresee.
    """
    from multiprocessing import get_context

    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    limits = (memory_mb, seconds)
    child = context.Process(target=_serve, args=(sender, limits, work, arguments), daemon=True)
    try:
        child.start()
        sender.close()  # so that the pipe ends when the child does
        if not receiver.poll(seconds):
            raise LimitError(f"took longer than {seconds:g} seconds")
        outcome, error = receiver.recv()
    except (EOFError, OSError) as failure:
        raise LimitError(_end_of(child, failure)) from None
    finally:
        _clear_away(child)
        receiver.close()
        sender.close()
    if error is not None:
        raise error
    return outcome


def _end_of(child: "SpawnProcess", failure: Exception) -> str:
    if child.pid is None:
        return f"could not be started ({failure})"
    child.join()
    if child.exitcode == -getattr(signal, "SIGKILL", 9):
        return "was killed, as happens when memory runs out"
    return f"crashed (exit code {child.exitcode})"


def _clear_away(child: "SpawnProcess") -> None:
    if child.pid is not None:
        child.kill()
        child.join()
    child.close()


def _serve(
    sender: "Connection",
    limits: tuple[int, float],
    work: Callable[..., object],
    arguments: Sequence[object],
) -> None:
    """The child's side: sends the outcome and no error, or no outcome and an error."""
    memory_mb, seconds = limits
    sink = os.open(os.devnull, os.O_WRONLY)
    for terminal in (1, 2):
        os.dup2(sink, terminal)
    answer: tuple[object, Exception | None]
    try:
        with _limited(memory_mb, seconds):
            answer = work(*arguments), None
    except CrossframeError as error:
        answer = None, error
    except MemoryError:
        answer = None, LimitError(f"took more than {memory_mb} MB of memory")
    except Exception as error:
        answer = None, LimitError(f"failed ({type(error).__name__}: {error})")
    sender.send(answer)


@contextlib.contextmanager
def _limited(memory_mb: int, seconds: float) -> Iterator[None]:
    """Bound this process, where the system can; the time as well, lest it outlive a killed parent."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numeric libraries reserve memory for each thread
    try:
        import resource
    except ImportError:  # Windows
        yield
        return
    _bound(resource.RLIMIT_CORE, 0)
    _bound(resource.RLIMIT_CPU, math.ceil(seconds) + 1)
    _bound(resource.RLIMIT_AS, memory_mb * 2**20)
    try:
        yield
    finally:  # so that there is room to tell what happened
        _bound(resource.RLIMIT_AS, None)


def _bound(kind: int, most: int | None) -> None:
    """Set a limit of this process, or take it back as far as it may (None)."""
    import resource

    hard = resource.getrlimit(kind)[1]
    soft = hard if most is None else most if hard == resource.RLIM_INFINITY else min(most, hard)
    with contextlib.suppress(ValueError, OSError):  # macOS knows some limits by name only
        resource.setrlimit(kind, (soft, hard))
