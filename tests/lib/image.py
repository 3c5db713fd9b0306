#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""image.py KMOD MKMOD: --root DIR finds all that an image full of links has, and nothing outside of it. TAP.

The image is full of absolute links and of links that climb above its root. The tools run under strace, and each path
that one of them names is followed to where it leads: that must be in the image, or among the few things in OUTSIDE.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

from tap import Tap

KMOD, MKMOD = (os.path.abspath(a) for a in sys.argv[1:3])
VER = "6.1.0-image"
TOOLS = ("depmod", "modinfo", "modprobe", "kmod")

# What a program needs of the machine to start, and what it asks of the running kernel.
OUTSIDE = re.compile(
    r"/etc/ld\.so\.(cache|preload)|(/usr)?/lib(64)?(/[\w-]+-linux-gnu\w*)?/[\w.+-]+\.so[.\d]*"
    r"|/dev/null|/proc/modules|/sys/module(/\w+(/initstate|/coresize|/refcnt|/holders)?)?")

CALL = re.compile(r"(?:\d+ +)?(\w+)\((.*)\) += (.*)")
FD = re.compile(r"(?:AT_FDCWD|\d+)<([^>]*)>")
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
# calls whose last component is not followed when the word is in them
NOFOLLOW = {"openat": "O_NOFOLLOW", "newfstatat": "AT_SYMLINK_NOFOLLOW", "statx": "AT_SYMLINK_NOFOLLOW"}
NEVER_FOLLOW = {"lstat", "readlink", "readlinkat"}
AT_CALLS = {"openat", "openat2", "newfstatat", "statx", "faccessat", "faccessat2", "readlinkat", "mkdirat", "unlinkat",
            "renameat", "renameat2", "linkat", "symlinkat", "fchmodat", "fchownat", "utimensat"}
PLAIN_CALLS = {"open", "stat", "lstat", "access", "readlink", "execve", "chdir", "mkdir", "unlink", "rename", "statfs"}
NO_PATH = {"getcwd", "finit_module", "init_module"}


def led_to(cwd, call, args, result):
    """Where the paths of one call lead on the machine, links followed."""
    if call in NO_PATH or '""' in args and "AT_EMPTY_PATH" in args:
        return
    if call not in AT_CALLS | PLAIN_CALLS:
        yield f"a call that this test does not know: {call}"
        return
    if (opened := re.match(r"\d+<(.*)>", result)) and call.startswith("open"):
        yield opened[1]
        return
    if call == "openat2":
        if "RESOLVE_IN_ROOT" in args:
            yield FD.match(args)[1]
        else:
            yield f"openat2 outside of a root: {args}"
        return
    dirs = FD.findall(args) if call in AT_CALLS else []
    paths = STRING.findall(args)
    if call in ("readlinkat", "readlink"):
        paths = paths[:1]
    for i, path in enumerate(paths[:2] if call in ("renameat", "renameat2", "linkat") else paths[:1]):
        full = os.path.join(dirs[min(i, len(dirs) - 1)] if dirs else cwd, path)
        if call in NEVER_FOLLOW or (call in NOFOLLOW and NOFOLLOW[call] in args):
            yield os.path.join(os.path.realpath(os.path.dirname(full)), os.path.basename(full))
        else:
            yield os.path.realpath(full)


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def mkmod(path, name, *options):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    subprocess.run([MKMOD, "-o", path, "--name", name, "--info", f"description=the {name} of the image", *options], check=True)


def link(to, path):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    os.symlink(to, path)


# module -> what it says
MODULES = {
    "absolute": ("--export", "s_absolute", "--info", "softdep=pre: under"),
    "climbing": ("--export", "s_climbing"),
    "chain": ("--export", "s_chain"),
    "under": ("--export", "s_under"),
    "deep": ("--export", "s_deep"),
    "outer": ("--export", "s_outer"),
    "plain": (*(w for n in ("absolute", "climbing", "chain", "under", "deep", "outer") for w in ("--need", f"s_{n}")),
              "--info", "alias=char-major-10-77", "--info", "alias=devname:plain", "--info", "alias=pci:v1*"),
}
# module -> its path in the module directory
PATHS = {
    "absolute": "kernel/absolute.ko", "climbing": "kernel/climbing.ko", "chain": "kernel/chain.ko", "under": "extra/under.ko",
    "deep": "kernel/dir/deep.ko", "plain": "kernel/plain.ko", "outer": "/ext/mods/outer.ko",
}
TEXTS = {
    "modules.order": "kernel/plain.ko\nkernel/chain.ko\n",
    "modules.builtin": "kernel/inside.ko\n",
    "modules.builtin.modinfo": "inside.description=built in\0inside.alias=built:*\0",
}
CLIMB = "../" * 30
INDEXES = ("modules.dep", "modules.dep.bin", "modules.alias", "modules.alias.bin", "modules.symbols", "modules.symbols.bin",
           "modules.builtin.bin", "modules.builtin.alias.bin", "modules.softdep", "modules.devname", "modules.weakdep")


def make_flat(top):
    """The same as the image, without any link: what is to be found."""
    mods = f"{top}/lib/modules/{VER}"
    for name, says in MODULES.items():
        path = PATHS[name]
        mkmod(top + path if path[0] == "/" else f"{mods}/{path}", name, *says)
    for name, text in TEXTS.items():
        write(f"{mods}/{name}", text)
    write(f"{top}/etc/depmod.d/a.conf", "search updates external extra built-in\nexternal * /ext/mods\n")


# how lib/modules/VER of an image leads to the modules -> what messages name it; and the links
LAYOUTS = {
    "no link": (f"/lib/modules/{VER}", {}),
    "lib -> usr/lib": (f"/usr/lib/modules/{VER}", {"lib": "usr/lib"}),
    "lib -> /usr/lib": (f"/usr/lib/modules/{VER}", {"lib": "/usr/lib"}),
    "lib climbs": (f"/usr/lib/modules/{VER}", {"lib": CLIMB + "usr/lib"}),
    "the version is a link": ("/srv/mods", {f"lib/modules/{VER}": "/srv/mods"}),
}


def make_image(top, layout):
    inside, links = LAYOUTS[layout]
    mods = top + inside
    for name, says in MODULES.items():
        if name == "plain":
            mkmod(f"{mods}/kernel/plain.ko", name, *says)
        elif name == "chain":
            mkmod(f"{top}/var/chain", name, *says)
        else:
            mkmod(f"{top}/opt/{name}/{name}.ko", name, *says)
    for path, to in links.items():
        link(to, f"{top}/{path}")
    link("/opt/absolute/absolute.ko", f"{mods}/kernel/absolute.ko")
    link(CLIMB + "opt/climbing/climbing.ko", f"{mods}/kernel/climbing.ko")
    link("/opt/chain.ko", f"{mods}/kernel/chain.ko")
    link("/var/chain", f"{top}/opt/chain.ko")
    link("/opt/under", f"{mods}/extra")
    link(CLIMB + "opt/deep", f"{mods}/kernel/dir")
    link("/var/ext", f"{top}/ext")
    link("/opt/outer", f"{top}/var/ext/mods")
    for name, text in TEXTS.items():
        write(f"{top}/opt/{name}", text)
        link(f"/opt/{name}", f"{mods}/{name}")
    make_configuration(top)


def make_configuration(top):
    link("/usr/share/depmod.d", f"{top}/etc/depmod.d")
    link("/opt/conf/depmod", f"{top}/usr/share/depmod.d/a.conf")
    write(f"{top}/opt/conf/depmod", "search updates external extra built-in\nexternal * /ext/mods\n")
    link(CLIMB + "usr/share/modprobe.d", f"{top}/etc/modprobe.d")
    link("/opt/conf/a", f"{top}/usr/share/modprobe.d/a.conf")
    write(f"{top}/opt/conf/a", "options plain from=a\n")
    link(CLIMB + "opt/conf/b", f"{top}/usr/share/modprobe.d/b.conf")
    write(f"{top}/opt/conf/b", "options plain from=b\n")
    link("/dev/null", f"{top}/usr/share/modprobe.d/masked.conf")
    write(f"{top}/run/modprobe.d/masked.conf", "options plain from=masked\n")
    link("/opt/conf/classic", f"{top}/etc/modprobe.conf")
    write(f"{top}/opt/conf/classic", "include /opt/conf/more\n")
    link("/opt/conf/last", f"{top}/opt/conf/more/c.conf")
    write(f"{top}/opt/conf/last", "options plain from=included\n")


def lines(*text):
    return "".join(t + "\n" for t in text)


class Image:
    def __init__(self, tap, tmp, flat, layout, openat2=True):
        self.tap, self.openat2 = tap, openat2
        self.top = f"{tmp}/image{len(os.listdir(tmp))}"
        self.bin, self.log, self.flat = f"{tmp}/bin", f"{tmp}/log", flat
        make_image(self.top, layout)
        self.name = layout if openat2 else f"{layout}, without openat2()"
        self.mods = self.top + LAYOUTS[layout][0]

    def path(self, name):
        return (self.top if PATHS[name][0] == "/" else self.mods + "/") + PATHS[name]

    def run(self, argv):
        """Output and status of a tool, and where it went outside."""
        inject = ["-e", "inject=finit_module:retval=0", "-e", "inject=init_module:retval=0"]
        if not self.openat2:
            inject += ["-e", "inject=openat2:error=ENOSYS"]
        strace = ["strace", "-f", "-y", "-qq", "-s", "4096", "-o", self.log, "-e", "trace=%file,finit_module,init_module", *inject]
        # a file that a user names is looked for in the working directory: here, too, the image
        done = subprocess.run([*strace, f"{self.bin}/{argv[0]}", *argv[1:]], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              check=False, cwd=self.top, env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"})
        with open(self.log, encoding="utf-8", errors="surrogateescape") as f:
            trace = f.read()
        return done.stdout, done.stderr, done.returncode, trace

    def outside(self, trace):
        started = False
        for line in trace.splitlines():
            call = CALL.match(line)
            if not call:
                continue
            if call[1] == "execve" and not started:
                started = True
                continue
            for path in led_to(self.top, *call.groups()):
                if path != self.top and not path.startswith(self.top + "/") and not OUTSIDE.fullmatch(path):
                    yield f"{path}: {line}"

    def check(self, title, argv, out="", err="", status=0, inserted=None):
        got_out, got_err, got_status, trace = self.run(argv)
        bad = [f"outside: {w}" for w in self.outside(trace)]
        if not CALL.search(trace):
            bad.append("nothing was traced")
        for what, want, got in (("output", out, got_out), ("errors", err, got_err), ("status", status, got_status)):
            if want != got:
                bad.append(f"{what}: {got!r}, not {want!r}")
        if inserted is not None:
            files = re.findall(r"finit_module\(\d+<([^>]*)>", trace)
            if files != inserted:
                bad.append(f"the kernel was given {files}, not {inserted}")
        self.tap.line(not bad, f"{self.name}: {title}", details=bad)

    def insmod(self, name):
        return f"insmod {self.path(name)} " + ("from=a from=b from=included " if name == "plain" else "")

    def check_depmod(self):
        self.check("depmod indexes what the image has", ["depmod", "--root", self.top, VER])
        bad = []
        for name in INDEXES:
            want, got = (f"{top}/{name}" for top in (f"{self.flat}/lib/modules/{VER}", self.mods))
            if not os.path.exists(got) or read(want) != read(got):
                bad.append(f"{name}: {read(got) if os.path.exists(got) else None!r}, not {read(want)!r}")
        self.tap.line(not bad, f"{self.name}: its indexes are those of an image without links", details=bad)
        os.unlink(f"{self.top}/opt/under/under.ko")
        mkmod(f"{self.top}/opt/under/again.ko", "again")
        self.check("depmod -A", ["depmod", "--root", self.top, "-A", VER])
        dep = read(f"{self.mods}/modules.dep").decode()
        seen = "extra/again.ko" in dep
        self.tap.line(seen, f"{self.name}: depmod -A sees what is new behind a link", details=[] if seen else [dep])
        os.unlink(f"{self.top}/opt/under/again.ko")
        mkmod(f"{self.top}/opt/under/under.ko", "under", *MODULES["under"])

    def take_indexes(self):
        """Those of the flat image, behind links."""
        for name in INDEXES:
            if os.path.lexists(f"{self.mods}/{name}"):
                os.unlink(f"{self.mods}/{name}")
            os.makedirs(f"{self.top}/var/index", exist_ok=True)
            shutil.copy(f"{self.flat}/lib/modules/{VER}/{name}", f"{self.top}/var/index/{name}")
            link(f"/var/index/{name}" if name.endswith("bin") else CLIMB + f"var/index/{name}", f"{self.mods}/{name}")

    def check_modprobe(self, how, *options):
        modprobe = ["modprobe", *options, "--root", self.top, "-S", VER]
        order = read(f"{self.flat}/lib/modules/{VER}/modules.dep").decode().split("kernel/plain.ko: ")[1].split("\n")[0].split()
        names = [n for p in reversed(order) for n in PATHS if PATHS[n] == p]
        steps = [self.insmod(n) for n in self.with_softdep(names)] + [self.insmod("plain")]
        self.check(f"modprobe -n{how}", [*modprobe, "-n", "plain"], lines(*steps))
        self.check(f"modprobe --show-depends{how}", [*modprobe, "-D", "pci:v1d2"], lines(*steps))
        wanted = [*names, "plain"]
        real = {"plain": f"{self.mods}/kernel/plain.ko", "chain": f"{self.top}/var/chain"}
        self.check(f"modprobe gives the kernel the files{how}", [*modprobe, "-i", "plain"], inserted=[
            real.get(n, f"{self.top}/opt/{n}/{n}.ko") for n in self.with_softdep(wanted)])
        for name in MODULES:
            if name != "plain":
                self.check(f"modprobe --show-exports {name}{how}", [*modprobe, "--show-exports", name],
                           f"0x00000000\ts_{name}\n")

    @staticmethod
    def with_softdep(names):
        """absolute wants under before itself."""
        names = list(names)
        if names.index("under") > names.index("absolute"):
            names.remove("under")
            names.insert(names.index("absolute"), "under")
        return names

    def check_walk(self):
        """Without any index; then nobody says that there are modules in /ext."""
        modprobe = ["modprobe", "-q", "--root", self.top, "-S", VER]
        inside = [n for n in sorted(PATHS, key=PATHS.get) if PATHS[n][0] != "/"]
        self.check("modprobe -l of the tree", [*modprobe, "-l"], lines(*(PATHS[n] for n in inside)))
        for name in inside:
            self.check(f"modprobe -n {name}, by a walk of the tree", [*modprobe, "-n", name], lines(self.insmod(name)))

    def check_rest(self):
        modprobe = ["modprobe", "--root", self.top, "-S", VER]
        modinfo = ["modinfo", "--root", self.top, "-k", VER]
        dep = [line.split(":")[0] for line in read(f"{self.flat}/lib/modules/{VER}/modules.dep").decode().splitlines()]
        self.check("modprobe -l", [*modprobe, "-l"], lines(*dep))
        config, _, _, trace = self.run([*modprobe, "-c"])
        bad = [f"outside: {w}" for w in self.outside(trace)]
        for want in ("options plain from=a\noptions plain from=b\noptions plain from=included\n", "softdep absolute pre: under\n",
                     "alias pci:v1* plain\n", "alias symbol:s_outer outer\n"):
            if want not in config:
                bad.append(f"{want!r} is missing in {config!r}")
        self.tap.line("masked" not in config and not bad, f"{self.name}: modprobe -c", details=bad)
        for name in MODULES:
            self.check(f"modinfo {name}", [*modinfo, "-F", "description", name], f"the {name} of the image\n")
        self.check("modinfo of a built-in module", [*modinfo, "-F", "description", "built:in"], "built in\n")
        self.check("modinfo shows where the file is", [*modinfo, "-n", "outer", "under"], lines(self.path("outer"), self.path("under")))
        self.check("kmod static-nodes", ["kmod", "static-nodes", "--root", self.top, "-S", VER, "-f", "devname"], "plain plain c10:77\n")
        self.check("a name that nobody has", [*modprobe, "-v", "nix"],
                   err=f"modprobe: FATAL: Module nix not found in directory {self.mods}\n", status=1)


def check_nowhere(tap, tmp, flat):
    """Of a root that is not there, or is no directory, the machine's own modules and configuration do not count."""
    image = Image(tap, tmp, flat, "no link")
    top = image.top
    write(f"{top}/file", "")
    for root, err in ((f"{top}/nowhere", "No such file or directory"), (f"{top}/file", "Not a directory")):
        image.name = f"--root of {err}"
        mods = f"{root}/lib/modules/{VER}"
        image.check("modinfo", ["modinfo", "--root", root, "-k", VER, "plain"], status=1,
                    err=f"modinfo: ERROR: Module {'alias ' if root.endswith('file') else ''}plain not found.\n")
        image.check("depmod", ["depmod", "--root", root, VER], status=1,
                    err=f"depmod: ERROR: could not open directory {mods}: {err}\ndepmod: FATAL: could not search modules: {err}\n")
        image.check("modprobe", ["modprobe", "--root", root, "-S", VER, "plain"], status=1,
                    err=f"modprobe: ERROR: could not read the configuration of {root}: {err}\n")


def read(path):
    with open(path, "rb") as f:
        return f.read()


def check_image(image, quick):
    image.check_depmod()
    image.take_indexes()
    image.check_modprobe("")
    if quick:
        return
    image.check_rest()
    for name in INDEXES:
        if name.endswith(".bin"):
            os.unlink(f"{image.mods}/{name}")
    image.check_modprobe(", from the text files", "-q")
    for name in ("modules.dep", "modules.softdep"):
        os.unlink(f"{image.mods}/{name}")
    image.check_walk()


def main():
    tap = Tap()
    if not shutil.which("strace"):
        tap.skip("images", "strace is not installed")
        tap.end()
        return 0
    with tempfile.TemporaryDirectory() as tmp:
        tmp = os.path.realpath(tmp)
        os.mkdir(f"{tmp}/bin")
        for name in TOOLS:
            os.symlink(KMOD, f"{tmp}/bin/{name}")
        make_flat(f"{tmp}/flat")
        subprocess.run([f"{tmp}/bin/depmod", "--root", f"{tmp}/flat", VER], check=True)
        for layout in LAYOUTS:
            check_image(Image(tap, tmp, f"{tmp}/flat", layout), layout in ("lib -> usr/lib", "lib climbs"))
        check_image(Image(tap, tmp, f"{tmp}/flat", "lib -> /usr/lib", openat2=False), False)
        check_nowhere(tap, tmp, f"{tmp}/flat")
    tap.end()
    return tap.failed > 0


if __name__ == "__main__":
    sys.exit(main())
