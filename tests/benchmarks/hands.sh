#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# A hand that drags the console about, resizes it and turns the wheel over it, without a pause.
window=
while [ -z "$window" ]; do
  window=$(xdotool search --onlyvisible --name 'Console|Konsole' 2>/dev/null | head -n 1)
  sleep 0.2
done
step=0
while xdotool windowmove "$window" $((step % 7 * 12)) $((step % 5 * 9)) \
  windowsize "$window" $((1280 + step % 9 * 40)) $((760 + step % 6 * 30)) \
  mousemove $((200 + step % 50)) 500 click 4 click 5 2>/dev/null; do
  step=$((step + 1))
  sleep 0.02
done
