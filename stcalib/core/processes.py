"""How processes are started on this system."""

from __future__ import annotations

import os
import sys

CAN_FORK = sys.platform == "linux" and hasattr(os, "fork")
"""On other systems a process that has loaded system libraries may not go on in a fork."""
