/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_OVERVIEW_H
#define TN_TENON_OVERVIEW_H

#include "tenon/render.h"

/* The forms of the machine on one screen. */
tn_render_fn tn_overview_text, tn_overview_prom;

#endif
