// Package groovy finds the Groovy that tests read generated files back with.
package groovy

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Command is a call of Groovy, or skips the test where there is none.
func Command(t testing.TB, args ...string) *exec.Cmd {
	t.Helper()
	tool, err := exec.LookPath("groovy")
	if err != nil {
		t.Skip("groovy is not installed")
	}
	c := exec.Command(tool, args...)
	c.Env = append(os.Environ(), "JAVA_OPTS="+quick+os.Getenv("JAVA_OPTS"))
	if os.Getenv("JAVA_HOME") == "" {
		c.Env = append(c.Env, "JAVA_HOME="+javaHome())
	}
	return c
}

// quick has Java compile less, and with one thread: it runs for seconds.
const quick = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto "

// javaHome is where Debian has Java: its groovy does not look by itself.
func javaHome() string {
	found, err := filepath.Glob("/usr/lib/jvm/java-*-openjdk-*")
	if err != nil || len(found) == 0 {
		return "/usr/lib/jvm/default-java"
	}
	return found[len(found)-1]
}
