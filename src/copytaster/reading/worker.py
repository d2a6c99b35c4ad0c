"""One worker process: batches of pages come in by standard input, answers go out one by one.

A frame is a length (four bytes, big-endian) and MessagePack: inwards a list of `Page`, outwards
what the stage made of each, or a line that says why there is none; the first frame outwards is
empty and says that the worker is ready. It ends when its input does, so that it never outlives the
process that started it by more than one page.
"""

import importlib
import os
import resource
import signal
import struct
import sys
from collections.abc import Callable
from typing import BinaryIO

import msgspec

from copytaster.page import Page
from copytaster.reading import NoArticle

LENGTH = struct.Struct(">I")
MEMORY = 2 << 30
"""Bytes of address space for one worker."""


def main(stage: str, seconds: float) -> None:
    """Answer batches with `stage` ("module:function") until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent gets it too, and ends this process
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # which is to die, in native code as well
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand among the answers
    module, _, function = stage.partition(":")
    read: Callable[[Page], object] = getattr(importlib.import_module(module), function)
    decoder = msgspec.msgpack.Decoder(list[Page])
    answers.write(LENGTH.pack(0))
    answers.flush()
    while frame := _frame(sys.stdin.buffer):
        for page in decoder.decode(frame):
            signal.setitimer(signal.ITIMER_REAL, seconds)
            answer = msgspec.msgpack.encode(_answer(read, page))
            signal.setitimer(signal.ITIMER_REAL, 0)
            answers.write(LENGTH.pack(len(answer)) + answer)
            answers.flush()


def _answer(read: Callable[[Page], object], page: Page) -> object:
    try:
        return read(page)
    except NoArticle as reason:
        return str(reason).removeprefix(f"{page.path}: ")  # `Unreadable` names the path itself
    except MemoryError:
        return f"reading it takes more than {MEMORY >> 30} GiB of memory; give it in parts"
    except Exception as fault:  # a fault in the reader costs this page, not the run
        return f"the reader failed on it ({type(fault).__name__}: {fault}); please report the page"


def _frame(pipe: BinaryIO) -> bytes:
    head = pipe.read(LENGTH.size)
    return pipe.read(*LENGTH.unpack(head)) if len(head) == LENGTH.size else b""


if __name__ == "__main__":
    try:
        main(sys.argv[1], float(sys.argv[2]))
    except (BrokenPipeError, MemoryError):
        os._exit(1)
