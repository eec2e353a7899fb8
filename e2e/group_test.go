package e2e

import (
	"context"
	"os/exec"
	"strconv"
	"syscall"
	"time"
)

// runGroup runs a command in a process group of its own, so that killing it
// leaves nothing behind, as when the machine goes away.
func runGroup(ctx context.Context, c *exec.Cmd) error {
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.WaitDelay = 2 * time.Second
	if ctx.Err() != nil {
		return errKilled
	}
	if err := c.Start(); err != nil {
		return err
	}
	done := make(chan error, 1)
	go func() { done <- c.Wait() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		_ = syscall.Kill(-c.Process.Pid, syscall.SIGKILL)
		<-done
		return errKilled
	}
}

func kill(pid string) {
	if n, err := strconv.Atoi(pid); err == nil {
		_ = syscall.Kill(n, syscall.SIGKILL)
	}
}
