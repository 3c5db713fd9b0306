#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""completion.py TOOLS-DIR: the completions of bash, zsh and fish, by pressing keys in a terminal. TAP.

The shells run in a made root (room.py) with a tree of 4,000 modules. That the options of every tool are completed, no
more and no fewer than --help names, is asked of the shells' own lists.
"""
import fcntl
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import termios
import time

import helptext
import namespace
from room import ENV, Host, Room
from tap import Tap

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
COMPLETIONS = f"{TOP}/completions"
LONGEST = 300  # seconds to wait for a shell
QUICK = 2.0  # seconds of the processor for one answer

SETUP = r"""
cd @MODS@/kernel && i=0
while [ $i -lt 4000 ]; do echo "kernel/drivers/many/module_$i.ko:"; i=$((i + 1)); done >/tmp/many
mkmod -o e1000e.ko --name e1000e --info 'parm=IntMode:Interrupt Mode' --info 'parmtype=IntMode:array of int' \
    --info 'parm=InterruptThrottleRate:How often: often
other:no parameter' --info parmtype=debug:int --info 'parm=$(touch /tmp/ran):a command' --info 'parm=x y:two'
mkmod -o nls_iso8859-1.ko --name nls_iso8859_1 && mkmod -o nls_utf8.ko --name nls_utf8 && mkmod -o vfat.ko --name vfat
mkmod -o 'odd$(touch ran).ko' --name odd
depmod && cat /tmp/many >>@MODS@/modules.dep && rm /tmp/many
mkdir -p /tmp/image/lib/modules/1.2.3/kernel /lib/modules/4.5.6 && cd /tmp/image/lib/modules/1.2.3
mkmod -o kernel/only_there.ko --name only_there --info parm=speed:Speed && touch modules.order modules.builtin modules.builtin.modinfo && depmod -b /tmp/image 1.2.3
mkdir /tmp/dir && touch /tmp/dir/readme && cp kernel/only_there.ko '/tmp/dir/a module.ko' && gzip -c kernel/only_there.ko >/tmp/dir/z.ko.gz
xz -c @MODS@/kernel/e1000e.ko >/tmp/dir/parms.ko.xz
"""

# What is typed before TAB, and what the line is then. The cursor is at its end.
LINES = (
    ("a module's name from the tree", "modprobe vf", "modprobe vfat "),
    ("- and _ are one, and what was typed stays", "modprobe nls-i", "modprobe nls-iso8859_1 "),
    ("only as far as names agree", "modprobe nl", "modprobe nls_"),
    ("one of four thousand", "modprobe module_3999", "modprobe module_3999 "),
    ("the second name with -a", "modprobe -qa vfat e1", "modprobe -qa vfat e1000e "),
    ("a parameter of the module", "modprobe e1000e IntM", "modprobe e1000e IntMode="),
    ("parameters as far as they agree", "modprobe e1000e I", "modprobe e1000e Int"),
    ("a second parameter", "modprobe -v e1000e IntMode=1 deb", "modprobe -v e1000e IntMode=1 debug="),
    ("what has no parameters", "modprobe vfat x", "modprobe vfat x"),
    ("a loaded module to be removed", "modprobe -r lo", "modprobe -r loaded_one "),
    ("several to be removed", "modprobe -rv loaded_one oth", "modprobe -rv loaded_one other_one "),
    ("no module that is not loaded is removed", "modprobe -r vf", "modprobe -r vf"),
    ("a long option", "modprobe --show-dep", "modprobe --show-depends "),
    ("a kernel version", "modprobe -S 4.", "modprobe -S 4.5.6 "),
    ("a directory", "modprobe -d ima", "modprobe -d image/"),
    ("a module of another tree", "modprobe -d image -S 1.2.3 onl", "modprobe -d image -S 1.2.3 only_there "),
    ("the tree as --option=argument", "modprobe --dirname=image --set-version=1.2.3 onl",
     "modprobe --dirname=image --set-version=1.2.3 only_there "),
    ("the version behind its letter", "modprobe -d image -S1.2.3 onl", "modprobe -d image -S1.2.3 only_there "),
    ("a path", "modprobe dir/z", "modprobe dir/z.ko.gz "),
    ("a version in that tree", "modprobe -d image -S 1", "modprobe -d image -S 1.2.3 "),
    ("rmmod: a loaded module", "rmmod other-", "rmmod other-one "),
    ("insmod: a file", "insmod dir/z", "insmod dir/z.ko.gz "),
    ("insmod: parameters of the file", "insmod image/../dir/z.ko.gz s", "insmod image/../dir/z.ko.gz speed="),
    ("insmod: a parameter of the file", "insmod -f dir/parms.ko.xz IntM", "insmod -f dir/parms.ko.xz IntMode="),
    ("a parameter in another tree", "modprobe -d image -S 1.2.3 only_there spe", "modprobe -d image -S 1.2.3 only_there speed="),
    ("nothing behind --", "modprobe -- --rem", "modprobe -- --rem"),
    ("modinfo: a name", "modinfo vf", "modinfo vfat "),
    ("modinfo: a field", "modinfo -F descr", "modinfo -F description "),
    ("depmod: a version", "depmod -a 4", "depmod -a 4.5.6 "),
    ("lsmod: nothing", "lsmod v", "lsmod v"),
    ("kmod: a command", "kmod sta", "kmod static-nodes "),
    ("kmod: an option of the command", "kmod static-nodes --for", "kmod static-nodes --format "),
    ("kmod: a format", "kmod static-nodes -f dev", "kmod static-nodes -f devname "),
)
LINES_TENON = (
    ("tenon: a verb", "tenon lis", "tenon list "),
    ("tenon: a verb's option", "tenon list --js", "tenon list --json "),
    ("tenon: its own option", "tenon --widt", "tenon --width "),
    ("tenon: a module", "tenon list --json vf", "tenon list --json vfat "),
    ("tenon: a loaded module", "tenon list loa", "tenon list loaded_one "),
    ("tenon: a file", "tenon view dir/r", "tenon view dir/readme "),
    ("tenon: help of a verb", "tenon help vie", "tenon help view "),
)
# Where shells differ in their ways.
DIFFERENT = {
    "fish": {"- and _ are one, and what was typed stays": "modprobe nls-iso8859-1 "},
    "zsh": {
        "kmod: an option of the command": "kmod static-nodes --format=",
        "- and _ are one, and what was typed stays": "modprobe nls_iso8859_1 ",
        "rmmod: a loaded module": "rmmod other_one ",
    },
}


def report(tap, ok, name, note="", details=()):
    tap.line(ok, name, note, () if ok else details)


class Terminal:
    """A shell that shows its command line, between << and >>, when it gets a Control-G."""

    def __init__(self, room, argv, setup):
        self.master, slave = pty.openpty()
        enter = room.entrance()

        def prepare():
            os.setsid()
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
            enter()

        env = {**ENV, "TERM": "dumb", "INPUTRC": "/dev/null", "BASH_COMPLETION_USER_DIR": "/comp/bash", "PS1": "> ", "ASAN_OPTIONS": "detect_leaks=0"}
        self.proc = subprocess.Popen(argv, stdin=slave, stdout=slave, stderr=slave, env=env, preexec_fn=prepare)
        os.close(slave)
        self.send(setup + "\necho rea''dy\n")
        self.wait(r"ready\r?\n")

    def send(self, text):
        os.write(self.master, text.encode())

    def wait(self, pattern):
        """Reads up to the pattern; the match."""
        seen, end = "", time.monotonic() + LONGEST
        while time.monotonic() < end:
            if select.select([self.master], [], [], 0.2)[0]:
                seen += os.read(self.master, 65536).decode(errors="replace")
                found = re.search(pattern, seen)
                if found:
                    return found
        raise TimeoutError(f"not seen: {pattern}; seen: {seen!r}")

    def line_after(self, text, keys="\t"):
        """What the command line is after some text and keys."""
        self.send("\x15" + text + keys + "\x07")
        return self.wait(r"<<((?s:.)*?)>>")[1]

    def processor_time(self):
        """Seconds that the shell and what it has run needed: a busy machine does not change them."""
        with open(f"/proc/{self.proc.pid}/stat", encoding="utf-8") as f:
            return sum(map(int, f.read().rpartition(")")[2].split()[11:15])) / os.sysconf("SC_CLK_TCK")

    def close(self):
        self.proc.kill()
        self.proc.wait()
        os.close(self.master)


BASH = r"""
bind 'set enable-bracketed-paste off'; bind 'set bell-style none'; bind -x '"\C-g": printf "\n<<%s>>\n" "$READLINE_LINE"'
bind '"\C-u": kill-whole-line'
"""
ZSH = r"""
PS1='> '; fpath=(/comp/zsh $fpath); autoload -Uz compinit; compinit -u -D; unsetopt zle_bracketed_paste beep; unset zle_bracketed_paste
LISTMAX=0; setopt no_auto_menu no_list_ambiguous no_auto_list; zle -C complete-word .complete-word _main_complete
show() { print -r -- "<<$BUFFER>>" }; zle -N show; bindkey -e; bindkey '^G' show; bindkey '^U' kill-whole-line; bindkey '^I' complete-word
"""
SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], BASH),
    "zsh": (["zsh", "-f", "-i"], ZSH),
}


def lines_of(room):
    return LINES + (LINES_TENON if os.path.exists(f"{room.host.shared}/tools/tenon.real") else ())


def check_lines(tap, room, shell, title, setup="", more=()):
    terminal = None
    try:
        terminal = Terminal(room, SHELLS[shell][0], SHELLS[shell][1] + setup)
        for name, text, expected in lines_of(room) + more:
            expected = DIFFERENT.get(shell, {}).get(name, expected)
            start = terminal.processor_time()
            seen = terminal.line_after(text)
            took = terminal.processor_time() - start
            report(tap, seen == expected and took < QUICK, f"{title}: {name}", f"{took * 1000:.0f} ms",
                     details=[f"typed    {text!r}", f"expected {expected!r}", f"seen     {seen!r}", f"after    {took:.2f} s"])
    except (TimeoutError, OSError) as why:
        report(tap, False, f"{title}: answers", details=[str(why)])
    finally:
        if terminal:
            terminal.close()


def check_all_names(tap, room):
    """Every name at once, which nobody waits for with pleasure."""
    terminal = Terminal(room, *SHELLS["bash"][:1], SHELLS["bash"][1] + ". /comp/bash/completions/modprobe")
    start = terminal.processor_time()
    names = terminal.line_after("modprobe ", "\x1b*").split()[1:]
    took = terminal.processor_time() - start
    report(tap, len(names) == 4004 and took < QUICK, "bash: all 4,004 modules", f"{took * 1000:.0f} ms",
             details=[f"{len(names)} names in {took:.2f} s: {' '.join(names[:9])}"])
    seen = sorted(terminal.line_after("insmod dir/", "\x1b*").split("dir/")[1:])
    report(tap, [s.strip() for s in seen] == ["a\\ module.ko", "parms.ko.xz", "z.ko.gz"], "bash: insmod takes module files only", details=seen)
    names = terminal.line_after("modprobe -r ", "\x1b*").split()[2:]
    report(tap, names == ["loaded_one", "other_one"], "bash: all that is loaded", details=names)
    names = terminal.line_after("modprobe e1000e ", "\x1b*").split()[2:]
    report(tap, names == ["IntMode=", "InterruptThrottleRate=", "debug="], "bash: all parameters", details=names)
    terminal.close()


def check_fish_lines(tap, room):
    for name, text, expected in lines_of(room):
        expected = DIFFERENT["fish"].get(name, expected)
        out, err, _ = room.run(f"{FISH} -c \"complete -C '{text}'\"")
        word = text.split(" ")[-1]
        offered = sorted(line.split("\t")[0] for line in out.decode().splitlines())
        common = os.path.commonprefix(offered) if offered else word
        wanted = expected[len(text) - len(word):].strip()
        good = common == wanted or (offered and common.rpartition("=")[2] == wanted)
        report(tap, good and not err, f"fish: {name}", details=[f"typed    {text!r}", f"expected {wanted!r}", f"offered  {offered[:9]!r}", *err.decode().splitlines()])


FISH = "env XDG_DATA_DIRS=/comp HOME=/tmp/home fish"


def bash_options(room, tool):
    line = f"{tool} -"
    out, _, _ = room.run(f"bash -c '. /comp/bash/completions/modprobe; COMP_LINE=\"{line}\" COMP_POINT={len(line)}; "
                         f"_kmod {tool.split()[0]}; printf \"%s\\n\" \"${{COMPREPLY[@]}}\"'")
    return set(out.decode().split())


def zsh_options(room, tool):
    """From what is given to _arguments: (excluded)--name=[text]:..."""
    words = tool.split()
    out, _, _ = room.run(
        "zsh -f -c 'fpath=(/comp/zsh $fpath); _arguments() { print -rl -- \"$@\"; state=command }; autoload -Uz +X _kmod; "
        f"service={words[0]} words=({' '.join(words[1:])}); _kmod'")
    lists = out.decode().split("*:: :->command\n")
    return set(re.findall(r"^(?:\([^)]*\))?\*?(--?[\w-]+)[=+-]*\[", lists[-1 if words[1:] else 0], re.MULTILINE))


def fish_options(room, tool):
    found = set()
    for start in ("-", "--"):
        out, _, _ = room.run(f"{FISH} -c \"complete -C '{tool} {start}'\"")
        found |= {line.split("\t")[0].rstrip("=") for line in out.decode().splitlines()}
    return found


def check_options(tap, room, kmod, shell, ask):
    for tool in helptext.tools(kmod):
        wanted = set()
        for option in helptext.options(kmod, tool):
            wanted |= {f"-{option.short}"} if option.short else set()
            wanted |= {f"--{option.long}"} if option.long else set()
        seen = ask(room, tool)
        report(tap, seen == wanted, f"{shell}: the options of {tool} are those of --help",
                 details=[f"only in --help: {' '.join(sorted(wanted - seen))}", f"only completed: {' '.join(sorted(seen - wanted))}"])


def furnish(room):
    comp = f"{room.root}/comp"
    os.makedirs(f"{comp}/bash/completions")
    os.makedirs(f"{comp}/fish")
    shutil.copytree(f"{COMPLETIONS}/fish", f"{comp}/fish/vendor_completions.d")
    os.makedirs(f"{comp}/fish/vendor_functions.d")
    os.rename(f"{comp}/fish/vendor_completions.d/__kmod_words.fish", f"{comp}/fish/vendor_functions.d/__kmod_words.fish")
    os.makedirs(f"{comp}/zsh")
    for name in ("_kmod", "_tenon"):
        shutil.copy(f"{COMPLETIONS}/{name}", f"{comp}/zsh")
    shutil.copy(f"{COMPLETIONS}/tenon.bash", f"{comp}/bash/completions/tenon")
    for tool in ("modprobe", "insmod", "rmmod", "lsmod", "depmod", "modinfo", "kmod"):
        shutil.copy(f"{COMPLETIONS}/kmod.bash", f"{comp}/bash/completions/{tool}")
    room.loaded("loaded_one 16384 0")
    room.loaded("other_one 16384 0")
    out, err, status = room.run(SETUP.replace("@MODS@", f"/lib/modules/{os.uname().release}"))
    if status:
        raise RuntimeError((out + err).decode(errors="replace"))


def has(tap, program, path=None):
    if shutil.which(program) if path is None else os.path.exists(path):
        return True
    tap.skip(f"{program}: completes", f"no {path or program} on this machine")
    return False


def main():
    why = namespace.enter()
    if why:
        print(f"1..0 # SKIP {why}")
        return 0
    tap, kmod = Tap(), f"{os.path.abspath(sys.argv[1])}/kmod"
    with namespace.scratch() as top, Room(Host(top, kmod), "empty") as room:
        furnish(room)
        if has(tap, "bash"):
            check_options(tap, room, kmod, "bash", bash_options)
            check_lines(tap, room, "bash", "bash", ". /comp/bash/completions/modprobe; . /comp/bash/completions/tenon")
            check_all_names(tap, room)
        if has(tap, "bash-completion", "/usr/share/bash-completion/bash_completion"):
            check_lines(tap, room, "bash", "bash-completion", ". /usr/share/bash-completion/bash_completion",
                        (("behind another command", "sudo /sbin/modprobe -v e1000e deb", "sudo /sbin/modprobe -v e1000e debug="),))
        if has(tap, "zsh"):
            check_options(tap, room, kmod, "zsh", zsh_options)
            check_lines(tap, room, "zsh", "zsh")
        if has(tap, "fish"):
            check_options(tap, room, kmod, "fish", fish_options)
            check_fish_lines(tap, room)
    tap.end()
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
