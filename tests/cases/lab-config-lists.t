# tenon config --check: what distributions and hardening guides ship, on whole kernels. Whatever the kernel lacks or has:
# no line is called wrong, no name is held for another, no parameter for missing. (Denials that do not hold are found.)
where: host lab
tree: uml
needs: workbench
always: names of thousands of modules are held against each other

## denials of all that a desktop does not need
$ {
+ for m in dv1394 firewire_core firewire-ohci firewire_sbp2 ohci1394 raw1394 sbp2 video1394 bluetooth bluetooth_6lowpan bnep \
+     btbcm btintel btusb btsdio hci_uart cramfs freevxfs hfs hfsplus jffs2 jfs reiserfs udf squashfs cifs nfs nfsv3 nfsv4 \
+     ksmbd gfs2 af_802154 appletalk ax25 brcm80211 can decnet econet ipx n-hdlc netrom p8022 p8023 psnap rds rose sctp tipc \
+     x25 dccp atm vivid msr thunderbolt gnss gnss-mtk gnss-serial gnss-sirf gnss-ubx gnss-usb floppy mei mei-me mei-gsc \
+     mei_hdcp mei_pxp mei_wdt intel_rapl_msr; do echo "install $m /usr/bin/disabled-by-security-misc"; done
+ for m in cdrom sr_mod amd76x_edac ath_pci evbug pcspkr snd_aw2 snd_intel8x0 snd_intel8x0m usbkbd usbmouse aty128fb atyfb \
+     cirrusfb cyber2000fb gx1fb hgafb i810fb intelfb kyrofb lxfb matroxfb_base neofb nvidiafb pm2fb radeonfb rivafb \
+     s1d13xxxfb savagefb sisfb sstfb tdfxfb tridentfb vesafb vfb viafb vt8623fb udlfb asus_acpi bcm43xx de4x5 eepro100 \
+     prism54 garmin_gps joydev; do echo "blacklist $m"; done; } >/etc/modprobe.d/30_security-misc.conf
$ tenon config -c | grep -vE '^(note|  )|config-(name-only|denied-builtin)|needs it$|keep it out$|^[0-9]+ lines|^$'
? 1

## modules of rare networks and old hardware
$ for m in i8xx_tco iTCO_wdt am53c974 iTCO_vendor_support mk712 ueagle-atm usbatm hisax hisax_fcpcipnp snd-pcsp ax25 netrom \
+     rose sctp tipc rds dccp l2tp_eth l2tp_ip l2tp_netlink l2tp_ppp af_802154 mrp garp appletalk ipx batman-adv can-bcm slcan vcan \
+     cls_rsvp act_ipt sch_cbq sch_dsmark rxrpc kafs hdlc nfp asix mcp251x; do echo "blacklist $m"; done >/etc/modprobe.d/dist.conf
$ tenon config -c | grep -vE '^(note|  )|config-(name-only|denied-builtin)|needs it$|keep it out$|^[0-9]+ lines|^$'
? 1

## commands that load their own module, the right way
conf a.conf: install nf_conntrack /usr/sbin/modprobe --ignore-install nf_conntrack $CMDLINE_OPTS && /usr/sbin/sysctl --quiet --system
conf a.conf: install nvidia modprobe -i nvidia-current $CMDLINE_OPTS
conf a.conf: install nvidia-modeset modprobe nvidia ; modprobe -i nvidia-current-modeset $CMDLINE_OPTS
conf a.conf: remove nvidia modprobe -r -i nvidia-drm nvidia-modeset nvidia-uvm nvidia-current
conf a.conf: remove iwlwifi (/sbin/lsmod | grep -o -e ^iwlmvm -e ^iwlwifi | xargs /sbin/rmmod) && /sbin/modprobe -r mac80211
conf a.conf: install mlx4_core /sbin/modprobe --ignore-install mlx4_core $CMDLINE_OPTS && (if test -f /x; then /x; fi; /sbin/modprobe mlx4_en)
conf a.conf: install sound-slot-0 /sbin/modprobe snd-card-0
$ tenon config -c | grep -E '^(error|warning)'
? 1

## options of many guides
conf a.conf: options snd slots=snd-hda-intel
conf a.conf: options snd-hda-intel model=auto power_save=0
conf a.conf: options snd-usb-audio index=-2
conf a.conf: options iwlwifi 11n_disable=1
conf a.conf: options kvm ignore_msrs=1 nx_huge_pages=force
conf a.conf: options kvm nx_huge_pages=auto
conf a.conf: options usb-storage quirks=0bc2:2312:u
conf a.conf: options psmouse synaptics_intertouch=0
conf a.conf: options thinkpad_acpi fan_control=1
conf a.conf: options vfio-pci ids=10de:1b80,10de:10f0 disable_vga=1
conf a.conf: options rtw88_core disable_lps_deep=y
conf a.conf: options bonding max_bonds=0
conf a.conf: options loop max_loop=64
conf a.conf: options nvme_core default_ps_max_latency_us=0
conf a.conf: options btusb enable_autosuspend=n
conf a.conf: options libata force=noncq
conf a.conf: options md_mod start_ro=1
conf a.conf: options v4l2loopback devices=1 video_nr=10 card_label="OBS Cam" exclusive_caps=1
conf a.conf: options amdgpu ppfeaturemask=0xffffffff si_support=1
conf a.conf: options hid_apple fnmode=2
conf a.conf: options drm edid_firmware=edid/1280x1024.bin
conf a.conf: options drm_kms_helper poll=0
conf a.conf: options zram num_devices=2
conf a.conf: softdep nouveau pre: vfio-pci
conf a.conf: alias net-pf-3 off
conf a.conf: alias net-pf-6 off
conf a.conf: alias char-major-195* nvidia
$ tenon config -c | grep -E '^(error|warning)' | grep -v 'built into the kernel'
? 1

## what packages ship is for many kernels: only what cannot be read counts
file /usr/lib/modprobe.d/a.conf: options zfs zfs_arc_max=1
file /usr/lib/modprobe.d/a.conf: blacklist cyblafb
file /usr/lib/modprobe.d/a.conf: blacklist fat
file /usr/lib/modprobe.d/a.conf: options dummy numdumies=1
file /usr/lib/modprobe.d/a.conf: alias net-pf-6 netrom
$ tenon config -c | grep config-
? 1
$ echo blaklist fat >>/usr/lib/modprobe.d/a.conf; tenon config -c | grep config-
>   [config-command] /usr/lib/modprobe.d/a.conf:6
