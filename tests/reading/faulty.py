"""A reader that does what a page tells it to: for the tests of the worker processes."""

import os
import signal
import sys
import time

from copytaster.article import Article, Block
from copytaster.page import Page
from copytaster.reading import NoArticle


def read(page: Page) -> Article:
    word, _, rest = page.content.decode().partition(" ")
    match word:
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "exit":
            os._exit(3)
        case "hang":
            while True:
                pass
        case "sleep":
            time.sleep(float(rest))
        case "none":
            raise NoArticle("the page holds no article")
        case "fault":
            raise KeyError("oops")
        case "memory":
            bytearray(8 << 30)
        case "print":
            print("noise")
            sys.stdout.flush()
    return Article(
        id=str(os.getpid()), path=page.path, headline=word, body=(Block("paragraph", rest),)
    )
