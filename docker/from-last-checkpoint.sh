#!/usr/bin/env bash
# Starts Flink with a job that goes on from its last checkpoint, if it has made one:
#   from-last-checkpoint.sh DIRECTORY PROGRAM standalone-job ARGUMENT...
# For a single JobManager, which forgets with its process what it knew of checkpoints.
set -euo pipefail

directory=$1
program=$2
shift 2

# A checkpoint is whole when it has this file: DIRECTORY/<job>/chk-<number>/_metadata.
last=
if [ -d "$directory" ]; then
    last=$(find "$directory" -mindepth 3 -maxdepth 3 -path '*/chk-*/_metadata' -printf '%T@ %h\n' \
        | sort --numeric-sort | tail --lines 1 | cut --delimiter ' ' --fields 2-)
fi

if [ -n "$last" ]; then
    echo "from the checkpoint $last"
    set -- "$1" --fromSavepoint "file://$last" "${@:2}"
fi
exec "$program" "$@"
