#!/bin/sh
# Tool: Groovy 2.4.21 (the line that Jenkins runs)
# Behaviour: do … while, lambdas, method references, array initialisers, try with resources and a for of two variables are syntax errors,
#   as are !in, ?[ ] and ?= of later Groovy. var is a method that does not exist.
# Expected: what Groovy takes from Java, and what its documentation shows, which is that of version 3 and later.
# Matters: a Jenkinsfile that an editor with a current Groovy finds right does not start. The errors name a token, never the feature.
# Seen:
#   each of the nine is refused; each of their older forms is taken
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
def taken(String source) {
  try {
    new GroovyShell().parse(source)
    true
  } catch (org.codehaus.groovy.control.MultipleCompilationErrorsException e) {
    false
  }
}
def younger = ['int i = 0; do { i++ } while (i < 3)', 'Runnable r = () -> 1', '[1].collect(String::valueOf)', 'new int[]{1, 2}',
  'try (def r = new StringReader("x")) { r.text }', 'for (int i = 0, j = 0; i < 2; i++, j++) { }', '1 !in [2]', 'x?[0]', 'x ?= 1']
def older = ['int i = 0; while (i < 3) { i++ }', 'Runnable r = { 1 }', '[1].collect(String.&valueOf)', '[1, 2] as int[]',
  'new StringReader("x").withCloseable { it.text }', 'for (int i = 0; i < 2; i++) { }', '!(1 in [2])', 'x?.getAt(0)', 'x = x ?: 1']
younger.findAll { taken(it) }.each { println "taken: $it" }
older.findAll { !taken(it) }.each { println "refused: $it" }
END
printed=$(groovy script.groovy 2>/dev/null)
echo "${printed:-each of the nine is refused; each of their older forms is taken}"
[ -z "$printed" ] || changed "the grammar is another one"

echo "as described"
