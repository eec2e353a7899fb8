//go:build !unix

package scenario

import "os/exec"

func ownGroup(*exec.Cmd) {}

// killGroup ends the command alone: there are no process groups here.
func killGroup(c *exec.Cmd) { _ = c.Process.Kill() }
