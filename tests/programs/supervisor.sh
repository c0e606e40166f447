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

trap : INT TERM HUP

# Nothing is ever written to it.
read -r _

while pids=$(running) && [ -n "$pids" ]; do
  # shellcheck disable=SC2086 # a list of numbers
  kill -KILL $pids
done 2>/dev/null
rm -rf "$folder"
