#!/bin/sh
# Tool: dash 0.5.12 beside bash 5.2.15
# Behaviour: a script that is ended by SIGTERM or SIGINT runs its EXIT trap in bash, and does not in dash.
# Expected: the usual line, trap 'clean up' EXIT, cleans up in every shell.
# Matters: CI ends a cancelled or timed-out job by a signal, and #!/bin/sh is dash on Debian and Ubuntu: locks and temporary files stay.
#   Trap the signals too (trap 'exit 1' HUP INT TERM makes the EXIT trap run).
# Seen:
#   dash TERM: (nothing)   bash TERM: cleaned
#   dash INT:  (nothing)   bash INT:  cleaned
#   dash TERM, with a trap of TERM: cleaned
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

for shell in dash bash; do
  command -v "$shell" >/dev/null || { echo "$shell is missing" >&2; exit 2; }
done
dpkg-query -W dash bash 2>/dev/null || bash --version | head -1

ended() { # ended SHELL SIGNAL [COMMAND]: what a script prints that is sent the signal
  "$1" -c "trap 'echo cleaned' EXIT; ${3:-:}; kill -$2 \$\$; sleep 1" 2>/dev/null || true
}
for signal in TERM INT; do
  dash=$(ended dash $signal) bash=$(ended bash $signal)
  echo "$signal: dash [$dash], bash [$bash]"
  [ -z "$dash" ] || changed "dash runs the EXIT trap on $signal"
  [ "$bash" = cleaned ] || changed "bash does not run the EXIT trap on $signal"
done
trapped=$(ended dash TERM "trap 'exit 1' TERM")
echo "TERM, trapped: dash [$trapped]"
[ "$trapped" = cleaned ] || changed "dash does not run the EXIT trap when the signal is trapped"

echo "as described"
