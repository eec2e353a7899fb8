# What a scenario breaks. Read by the other programs.

# fault WHAT NAME: fails if the scenario says so.
fault() {
  if [ -e "$E2E_STATE/faults/break-$1-$2" ]; then
    echo "$1 $2 is broken"
    exit 1
  fi
  if [ -e "$E2E_STATE/faults/overrun-$1-$2" ]; then
    echo "$1 $2 does not end"
    : >"$E2E_STATE/overran" # the engine ends the job as its system does
    exit 143
  fi
}

# fresh NAME: what an earlier job left in the folder of its machine is gone, although git ignores it.
fresh() {
  if [ -e "leftovers/$1" ]; then
    echo "leftovers/$1 of an earlier job is there"
    exit 1
  fi
  mkdir -p leftovers
  : >"leftovers/$1"
}

# die WHEN NAME: the machine goes away, once.
die() {
  if [ -e "$E2E_STATE/faults/kill-$1-$2" ]; then
    rm "$E2E_STATE/faults/kill-$1-$2"
    : >"$E2E_STATE/dying-$E2E_RUN"
    sleep 60
  fi
}
