#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# A moderator who changes whatever can be changed while talks run, without a pause, and takes it back; in the folder $1
# the last talk's deck is talk-N.pdf. What is meant to be seen on stage (black, a message) is left out, since the
# watcher knows the slides alone; so is a no-show, after which a talk may be over before it is put back.
talks=$(ls "$1"/talk-*.pdf | wc -l)
cp "$1/talk-$talks.pdf" "$1/again.pdf"
begun() { cat "$1"/show.runs/*/journal.jsonl | grep -c '"cue":"start"'; }
window=
while [ -z "$window" ]; do
  window=$(xdotool search --onlyvisible --name 'Console|Konsole' 2>/dev/null | head -n 1)
  sleep 0.2
done
press() {
  xdotool windowactivate "$window" 2>/dev/null
  for key in "$@"; do
    xdotool key "$key"
    sleep 0.5 # a hand has to rest between two decisions
  done
}
# A round takes about as long as a talk: the last one must stand as it was when its turn comes.
while [ "$(begun "$1")" -lt $((talks - 1)) ] && xdotool getwindowname "$window" >/dev/null 2>&1; do
  press End ctrl+d
  xdotool type "$1/again.pdf"
  xdotool key Return
  sleep 3 # it is imported beside the talk
  press ctrl+z                       # the deck
  press End alt+Up alt+Down          # moved and moved back
  press End Delete Return ctrl+z     # withdrawn and back
  press End ctrl+t Return ctrl+z     # a pause
  press i i t t v v                  # what can be looked at
  press l
  xdotool type "louder"
  press Return l Escape
done
