# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash source=tests/consumers/common.sh
# ansible's module community.general.modprobe, given its arguments as ansible gives them.
# long: it takes long in a guest; lab-units and lab-iptables show what loads modules there
# where: lab
# result: answers it answers the same: present, absent, parameters, check mode, a module that is not there
# result: loaded the same modules are loaded after each
# result: files it writes the same configuration
# result: calls modprobe is called in the same way
. /consumers/common.sh
record
cat >/tmp/tasks <<'TASKS'
"name": "vfat"
"name": "vfat"
"name": "loop", "params": "max_loop=5", "_ansible_check_mode": true
"name": "loop", "params": "max_loop=5", "persistent": "present"
"name": "fat", "state": "absent"
"name": "vfat", "state": "absent", "_ansible_check_mode": true
"name": "vfat", "state": "absent"
"name": "loop", "state": "absent", "persistent": "absent"
"name": "no-such-module"
"name": "dummy", "params": "numdummies=no"
"name": "ip_tables", "state": "absent"
TASKS
# A process for each task. It starts with the imports done, which take a second in there.
cat >/tmp/play.py <<'PLAY'
import os
import runpy
import subprocess

import ansible.module_utils.basic as basic

MODULE = "/usr/lib/python3/dist-packages/ansible_collections/community/general/plugins/modules/modprobe.py"
for task in open("/tmp/tasks"):
    print("==", task, end="", flush=True)
    child = os.fork()
    if not child:
        basic._ANSIBLE_ARGS = b'{"ANSIBLE_MODULE_ARGS": {%s}}' % task.strip().encode()
        runpy.run_path(MODULE, run_name="__main__")
    print("status", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
    subprocess.run(["bash", "-c", ". /consumers/common.sh; loaded >>/out/loaded; echo == >>/out/loaded"], check=True)
PLAY
python3 /tmp/play.py >/out/answers 2>&1
tail -n +1 /etc/modules-load.d/loop.conf /etc/modprobe.d/* >/out/files
calls >/out/calls
