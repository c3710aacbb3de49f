"""On PYTHONPATH in front of all: what Windows lacks is lacking in every process that is started, and ends of pipes are as there.

No process can be forked, there is no `fcntl`, an end of a pipe is of another class, and whoever starts a process keeps a
handle of the pipe's end until the process has taken it over, which one that dies first never does.
"""

import multiprocessing.connection
import os
import sys

KEPT = []
"""Handles that are never closed."""


class PipeConnection:
    """An end of a pipe that is none of the class Connection."""

    def __init__(self, of):
        self._of = of

    def recv(self):
        """What was sent."""
        return self._of.recv()

    def poll(self):
        """Whether something was sent."""
        return self._of.poll()

    def send(self, value):
        """Sends."""
        self._of.send(value)

    def fileno(self):
        """Its number."""
        return self._of.fileno()

    def close(self):
        """Closes it."""
        self._of.close()


def _pipe(duplex=True):
    heard, say = _real_pipe(duplex)
    KEPT.append(os.dup(say.fileno()))
    return PipeConnection(heard), PipeConnection(say)


_real_pipe, multiprocessing.connection.Pipe = multiprocessing.connection.Pipe, _pipe
del os.fork
sys.modules["fcntl"] = None
if os.environ.get("DIES_AT_ITS_START") and "--multiprocessing-fork" in sys.argv:
    os._exit(9)
