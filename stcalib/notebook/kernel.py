"""A kernel that is ready before its notebook is: forked from a process that has imported what notebooks import.

Jupyter starts kernels through provisioners; the one here hands out the forked process. `stca figures` alone uses it:
an ordinary kernel would spend most of a notebook's time on imports.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import EntryPoint
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Any, ClassVar, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

NAME = "stcalib-forked"
"""The provisioner's name in this process and no other."""


def have_one_ready() -> None:
    """Forks a process that becomes the next kernel started here. To be called before there are threads or an event loop."""
    ForkedProvisioner.waiting = Waiting()
    group = KernelProvisionerFactory.GROUP_NAME
    KernelProvisionerFactory.provisioners[NAME] = EntryPoint(NAME, f"{__name__}:ForkedProvisioner", group)
    os.environ[KernelProvisionerFactory.default_provisioner_name_env] = NAME


class Waiting:
    """A forked process that becomes a kernel once it is told which."""

    stdin = stdout = stderr = None

    def __init__(self) -> None:
        context = get_context("fork")
        told, self._tell = context.Pipe(duplex=False)
        self._process: ForkProcess = context.Process(target=_wait, args=(told, self._tell), daemon=True)
        self._process.start()
        told.close()

    def become(self, arguments: Sequence[str], folder: str | Path, environment: Mapping[str, str]) -> None:
        """Tells it the kernel's arguments, working directory and environment."""
        self._tell.send((list(arguments), folder, dict(environment)))
        self._tell.close()

    # what a provisioner asks of a process
    @property
    def pid(self) -> int | None:
        """Its process id."""
        return self._process.pid

    def poll(self) -> int | None:
        """Its exit code, None while it runs."""
        return self._process.exitcode

    def wait(self) -> int | None:
        """Waits for its end; gives its exit code."""
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Sends it a signal, unless it has ended."""
        if self.pid is not None and self.poll() is None:
            os.kill(self.pid, number)


def _wait(told: Connection, tell: Connection) -> None:
    """Becomes a kernel when told to; ends when the process that would tell is gone."""
    tell.close()
    try:
        arguments, folder, environment = told.recv()
    except EOFError:
        return
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    from ipykernel.kernelapp import launch_new_instance

    # read from the environment when ipykernel is imported, which is long ago here
    parent = f"--IPKernelApp.parent_handle={os.getppid()}"
    sys.argv = ["ipykernel_launcher", *arguments, parent]
    launch_new_instance()


class ForkedProvisioner(LocalProvisioner):
    """Gives a notebook the kernel that waits for it."""

    waiting: ClassVar[Waiting | None] = None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Tells the waiting kernel what it is to be; a second kernel is started like any other."""
        kernel, type(self).waiting = self.waiting, None
        if kernel is None:
            return await super().launch_kernel(cmd, **kwargs)
        # what the notebook starts itself knows nothing of this provisioner
        environment = {name: value for name, value in kwargs["env"].items() if name != KernelProvisionerFactory.default_provisioner_name_env}
        kernel.become(cmd[cmd.index("-f") :], kwargs.get("cwd") or Path.cwd(), environment)
        self.process, self.pid = cast("Any", kernel), kernel.pid
        return self.connection_info
