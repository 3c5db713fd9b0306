# SPDX-License-Identifier: LGPL-2.1-or-later
"""Give this process mounts of its own, without privilege."""
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile

import sandbox

MARK = "TENON_IN_NAMESPACE"


def enter():
    """Start this program again in a mount namespace of its own. Returns None when there, else why it cannot be.

    A user namespace comes first even for root: there, root has no power over the real kernel.
    """
    if os.environ.pop(MARK, None):
        return None
    if not shutil.which("unshare"):
        return "no program unshare"
    for flags in ("-Urm", "-m"):
        probe = ["unshare", flags, "--propagation", "private", "sh", "-c", "mount -t tmpfs tmpfs /tmp && mount --rbind /proc /mnt"]
        if subprocess.run(probe, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0:
            os.environ[MARK] = "1"
            os.execvp("unshare", ["unshare", flags, "--propagation", "private", sys.executable, *sys.argv])
    return "this machine allows no mount namespace (unshare -Urm)"


@contextlib.contextmanager
def scratch():
    """A tmpfs of our own. It holds mounts of the real machine, so it is unmounted, never deleted file by file."""
    top = tempfile.mkdtemp(prefix="tenon-cases-")
    try:
        sandbox.mount("tmpfs", top, "tmpfs", data="mode=755")
        try:
            yield top
        finally:
            sandbox.unmount(top)
    finally:
        os.rmdir(top)
