#!/bin/sh
# Runs munged, slurmctld and slurmd with the configuration of a folder until
# standard input ends, which it also does when whoever started this is killed;
# then ends them and all that their jobs left, and removes the folder.
#
# Usage: supervisor.sh FOLDER NODE...

folder=$1
shift
PATH=$PATH:/usr/sbin:/sbin
cd "$folder" || exit 1

# Daemons, the steps that outlive them, and jobs all have this variable.
configuration="SLURM_CONF=$folder/slurm.conf"

running() {
  grep -lszxF "$configuration" /proc/[0-9]*/environ | cut -d/ -f3
}

trap : INT TERM HUP

mungekey --create --keyfile=munge.key 2>munged.err
env "$configuration" munged --foreground --force --num-threads=2 \
  --key-file="$folder/munge.key" --pid-file="$folder/munged.pid" \
  --log-file="$folder/munged.log" --seed-file="$folder/munged.seed" \
  --socket="$folder/munge.socket" 2>>munged.err &
env "$configuration" slurmctld -D 2>slurmctld.err &
for node in "$@"; do
  env "$configuration" PRIVATE_SLURM_NODE="$node" slurmd -D -N "$node" \
    2>"slurmd_$node.err" &
done

# Nothing is ever written to it.
read -r _

while pids=$(running) && [ -n "$pids" ]; do
  # shellcheck disable=SC2086 # a list of numbers
  kill -KILL $pids
done 2>/dev/null
rm -rf "$folder"
