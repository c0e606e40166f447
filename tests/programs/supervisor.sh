#!/bin/sh
# Waits until standard input ends, which it also does when whoever started this is
# killed; then ends every program that bears a folder's mark and removes the folder.
#
# Usage: supervisor.sh FOLDER

folder=$1
mark="EDGE_LAB_PROGRAM_FOLDER=$folder"

# Programs, and all that they start, have this variable, whoever their parent is.
running() {
  grep -lszxF "$mark" /proc/[0-9]*/environ | cut -d/ -f3
}

# Chromium's children overwrite their environment: they are found by their parents.
families() {
  for pid; do
    echo "$pid"
    # shellcheck disable=SC2046 # a list of numbers
    families $(cat "/proc/$pid/task/"*/children)
  done
}

trap : INT TERM HUP

# Nothing is ever written to it.
read -r _

while pids=$(running) && [ -n "$pids" ]; do
  # shellcheck disable=SC2046,SC2086 # lists of numbers
  kill -KILL $(families $pids)
done 2>/dev/null
# What is being killed may still be creating a file.
rm -rf "$folder" 2>/dev/null || { sleep 1 && rm -rf "$folder"; }
