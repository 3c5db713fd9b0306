# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash source=tests/consumers/common.sh
# Programs that look at a machine and tell what they see. The machine has two modules loaded.
# result: alsa what alsa-info tells of options and loaded modules is the same
# result: lxc what lxc-checkconfig tells of modules is the same
# result: sensors sensors-detect finds the same drivers for the same devices
# result: calls our tools are called in the same way
. /consumers/common.sh
record
mkdir -p /run/proc
mount -n --bind /proc /run/proc
mount -n -t tmpfs proc /proc
ln -s /run/proc/* /proc/
rm -f /proc/modules /proc/cmdline
printf '%s\n' 'snd_hda_intel 53248 0 - Live 0x0000000000000000' 'veth 32768 0 - Live 0x0000000000000000' >/proc/modules
for name in snd_hda_intel veth; do
    mkdir -p "/sys/module/$name/holders"
    echo 0 >"/sys/module/$name/refcnt"
    echo 53248 >"/sys/module/$name/coresize"
done
echo quiet >/proc/cmdline
mkdir /proc/asound
echo ' 0 snd_hda_intel' >/proc/asound/modules
: >/proc/asound/cards
echo 'Advanced Linux Sound Architecture Driver Version k6.1' >/proc/asound/version
ln -s "$FULL" "/lib/modules/$(uname -r)" 2>/dev/null || true
depmod "$FULL"
printf '%s\n' 'options snd-hda-intel model=auto power_save=1' 'options snd_usb_audio index=-2' 'options vfat nonumtail=1' >/etc/modprobe.d/scenario.conf

# alsa-info wants them; there is no sound here
for name in amixer alsactl aplay arecord ping; do ln -s /bin/true "/usr/bin/$name"; done
alsa-info --stdout --with-configs >/tmp/alsa 2>/dev/null || true
grep -v -i -e '[0-9]:[0-9][0-9]:[0-9]' -e uptime /tmp/alsa >/out/alsa
grep -q '^snd_hda_intel: model=auto power_save=1$' /out/alsa || die 'no options in what alsa-info says'
grep -q '^veth$' /out/alsa || die 'no loaded module in what alsa-info says'
lxc-checkconfig >/out/lxc 2>&1 || true
grep -q 'Veth.*, loaded$' /out/lxc || die 'no loaded module in what lxc-checkconfig says'
# its own function for one device, and what it reads of devices
sed -n '/^sub device_driver_autoloads/,/^}/p' /usr/sbin/sensors-detect >/tmp/sensors.pl
cat >>/tmp/sensors.pl <<'PERL'
sub sysfs_device_attribute { return $_[0] }
for my $device ('pci:v00008086d0000100Esv00001AF4sd00001100bc02sc00i00', 'usb:v0BDAp8153d0000dc00dsc00dp00icFFiscFFip00in00', 'pci:v0000FFFFd0000FFFF',
                'platform:x') {
    print "$device: ", device_driver_autoloads($device) ? "yes" : "no", "\n";
}
PERL
perl /tmp/sensors.pl >/out/sensors
grep -q ': yes$' /out/sensors || die 'no driver for any device'
calls >/out/calls
