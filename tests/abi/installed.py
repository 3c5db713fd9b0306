# SPDX-License-Identifier: LGPL-2.1-or-later
"""A library to test, and programs that are built for it: ours as it is installed, or the distribution's."""
import glob
import os
import shlex
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
SONAME = "libkmod.so.2"


def run(argv, **more):
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **more)
    if done.returncode:
        raise RuntimeError(f"{shlex.join(argv)}:\n{done.stdout}")
    return done.stdout


class Library:
    """Where a library lies (path), and what pkg-config says of it."""

    def __init__(self, path, pkg_env):
        self.path, self.pkg_env = path, pkg_env

    def flags(self, what):
        """--cflags or --libs"""
        return shlex.split(run(["pkg-config", what, "libkmod"], env={**os.environ, **self.pkg_env}))

    def variable(self, package, name):
        """What pkg-config says of a variable on the machine that it is installed on; empty when there is none."""
        return run(["pkg-config", "--variable=" + name, package],
                   env={**os.environ, **self.pkg_env, "PKG_CONFIG_SYSROOT_DIR": ""}).strip()

    def symbols(self):
        """The names it exports, without versions."""
        text = run(["nm", "-D", "--defined-only", self.path])
        return {line.split()[2].split("@")[0] for line in text.splitlines() if line.split()[1] not in "AaN"}


def ours(build, stage):
    """Installs the build into the directory stage, as a package would be made from it."""
    run(["meson", "install", "-C", build, "--no-rebuild", "--destdir", stage, "--quiet"])
    found = glob.glob(f"{stage}/usr/lib/**/{SONAME}", recursive=True)
    if not found:
        raise RuntimeError(f"{build} installs no {SONAME}")
    configs = ":".join(os.path.dirname(p) for p in glob.glob(f"{stage}/usr/**/*.pc", recursive=True))
    # without the two ALLOWs pkg-config drops what it takes for the system's own directories
    return Library(os.path.realpath(found[0]), {"PKG_CONFIG_SYSROOT_DIR": stage, "PKG_CONFIG_LIBDIR": configs,
                                                "PKG_CONFIG_ALLOW_SYSTEM_CFLAGS": "1", "PKG_CONFIG_ALLOW_SYSTEM_LIBS": "1"})


def theirs():
    """The distribution's, or None when its package for development is not there."""
    found = glob.glob("/usr/lib/*/" + SONAME)
    if not found or not os.path.exists("/usr/include/libkmod.h"):
        return None
    return Library(os.path.realpath(found[0]), {})


CC = [os.environ.get("CC", "cc"), "-std=gnu17", "-g", "-O1", "-Wall", "-Wextra", "-Wno-unused-parameter", "-D_GNU_SOURCE",
      "-I" + TOP + "/tests/lib"]


def compile_objects(library, directory, *sources):
    """Objects of the sources in the directory, which programs can share. Returns their names."""
    run([*CC, *library.flags("--cflags"), "-c", *sources], cwd=directory)
    return [f"{directory}/{os.path.basename(s)[:-2]}.o" for s in sources]


def compile_program(library, target, *sources, flags=()):
    run([*CC, *library.flags("--cflags"), "-o", target, *sources, *library.flags("--libs"), *flags])
