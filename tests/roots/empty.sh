# SPDX-License-Identifier: LGPL-2.1-or-later
# A tree without modules, for cases that make their own.
mkdir kernel && touch modules.order modules.builtin modules.builtin.modinfo
