package scenario

import (
	"context"
	"os/exec"
	"time"
)

// RunGroup runs a command in a process group of its own, so that killing it
// leaves nothing behind, as when the machine goes away.
func RunGroup(ctx context.Context, c *exec.Cmd) error {
	ownGroup(c)
	c.WaitDelay = 2 * time.Second
	if ctx.Err() != nil {
		return ErrKilled
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
		killGroup(c)
		<-done
		return ErrKilled
	}
}
