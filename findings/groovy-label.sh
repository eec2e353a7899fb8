#!/bin/sh
# Tool: Groovy 2.4.21 (the line that Jenkins runs)
# Behaviour: NAME: VALUE inside of braces is a labelled statement. It compiles, does nothing, and the braces are a closure that returns
#   the last value. Nothing is told.
# Expected: who comes from YAML reads it as a setting; who knows Groovy expects at least a warning of a value that nobody uses.
# Matters: notify { channel: 'ops' }, a call of a shared library in a Jenkinsfile, sets nothing at all.
# Seen:
#   given Closure, asked for count: null; called: 5
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

command -v groovy >/dev/null || { echo "groovy is missing" >&2; exit 2; }
# The groovy of Debian does not look for Java by itself.
for home in /usr/lib/jvm/java-*-openjdk-*; do
  [ -n "${JAVA_HOME:-}" ] || export JAVA_HOME="$home"
done
groovy --version 2>/dev/null

cat >script.groovy <<'END'
class Settings { Integer count; Integer pause }
def configure(Closure body) {
  def settings = new Settings()
  body.delegate = settings
  def value = body()
  "given ${body instanceof Closure ? 'Closure' : body.class}, asked for count: ${settings.count}; called: $value"
}
println configure {
  count: 3
  pause: 5
}
END
printed=$(groovy script.groovy 2>/dev/null)
echo "$printed"
[ "$printed" = "given Closure, asked for count: null; called: 5" ] || changed "the braces are something else"

echo "as described"
