#!/bin/sh
# Tool: Groovy 2.4.21 (the line that Jenkins runs)
# Behaviour: a text of one character, given to an int or Integer, becomes the code of the character: int n = '5' is 53. A text of two
#   characters is an exception. ('5' as int) and '5'.toInteger() are 5.
# Expected: both are numbers, or both are errors.
# Matters: parameters and environment variables of a Jenkinsfile are texts. int retries = params.RETRIES asks 53 times for '5', and only
#   a value of two digits shows the mistake.
# Seen:
#   int n = '5'     53
#   (int) '5'       53
#   '5' as int      5
#   int n = '15'    GroovyCastException
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
int n = '5'
println "assigned $n, cast ${(int) '5'}, as ${'5' as int}, toInteger ${'5'.toInteger()}"
try {
  n = '15'
  println "15 is $n"
} catch (e) {
  println "15 is a ${e.class.simpleName}"
}
END
printed=$(groovy script.groovy 2>/dev/null)
echo "$printed"
[ "$printed" = "assigned 53, cast 53, as 5, toInteger 5
15 is a GroovyCastException" ] || changed "texts become other numbers"

echo "as described"
