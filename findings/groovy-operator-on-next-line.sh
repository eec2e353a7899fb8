#!/bin/sh
# Tool: Groovy 2.4.21 (the line that Jenkins runs)
# Behaviour: a line that begins with + or - is a statement of its own. Of numbers the rest of the sum is dropped without a word; of texts
#   it compiles and fails when it runs, as there is no positive() of a text.
# Expected: as in Java, where the statement goes on until its semicolon, or an error of the compiler.
# Matters: long commands are joined from texts in Jenkinsfiles. The operator must end the line before.
# Seen:
#   1 / + 2        1
#   'a' / + 'b'    MissingMethodException: positive()
#   'a' + / 'b'    ab
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
def sum = 1
  + 2
def joined = 'a' +
  'b'
println "$sum $joined"
try {
  def text = 'a'
    + 'b'
  println text
} catch (e) {
  println "${e.class.simpleName} ${e.method}"
}
END
printed=$(groovy script.groovy 2>/dev/null)
echo "$printed"
[ "$printed" = "1 ab
MissingMethodException positive" ] || changed "lines are joined otherwise"

echo "as described"
