#!/bin/sh
# Tool: Groovy 2.4.21 (the line that Jenkins runs)
# Behaviour: a text of one character is compared with a number by the character's code: '5' > 4 is true (53 > 4), '5' < 10 is false. A
#   longer text is an exception. == is false for all of them, without one.
# Expected: comparing a text with a number is an error, or compares numbers.
# Matters: env.BUILD_NUMBER < 10 and the like are wrong for one digit and fail from the tenth build on.
# Seen:
#   '5' > 4     true
#   '5' < 10    false
#   '5' == 5    false
#   '10' < 9    ClassCastException
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
println "${'5' > 4} ${'5' < 10} ${'5' == 5}"
try {
  println '10' < 9
} catch (e) {
  println e.class.simpleName
}
END
printed=$(groovy script.groovy 2>/dev/null)
echo "$printed"
[ "$printed" = "true false false
ClassCastException" ] || changed "texts compare otherwise"

echo "as described"
