#!/bin/sh
# SPDX-License-Identifier: MIT
# Prints 1,500 sessions for the second study whose names try to be scripts, markup and formulas.
# Three kinds of sessions; the numbers wander as a multiple of a prime does. One session lacks a time.
awk 'BEGIN {
  channel[0] = "</script><script>alert(1)</script>"; channel[1] = "=SUM(A1:A9)"; channel[2] = "a \"\"b\"\" & datum[0]"
  print "clicks,page_views,time_spent,add_to_cart,referral_source,device_type,conversion_label,revenue"
  for (i = 0; i < 1500; ++i) {
    wander = (i * 7919) % 101; kind = i % 3; bought = (wander % 10 < (kind == 0 ? 4 : 1))
    printf "%d,%d,%s,%d,\"%s\",<b>%s</b>,%d,%d\n", 1 + wander % 3 + (kind == 1 ? 6 : 0), 1 + wander % 4 + kind,
      i == 7 ? "" : 40 + wander + (kind == 2 ? 380 : 0), kind == 0, channel[(i * 31) % 3], i % 2 ? "one" : "two", bought,
      bought * (20 + wander)
  }
}'
