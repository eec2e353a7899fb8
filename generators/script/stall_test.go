package script_test

import (
	"net"
	"strings"
	"testing"
	"time"
)

// A remote that takes the connection and never answers is given up, with the
// code of a technical failure: nothing was decided, and the job may run again.
func TestRemoteThatStalls(t *testing.T) {
	t.Parallel()
	long(t)
	h := newHost(t, settings())
	h.past = nil
	h.release("delivery")
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close() // until then the connections wait in its queue
	h.git(h.work, "remote", "set-url", "origin", "http://"+silent.Addr().String()+"/shop.git")
	type answer struct {
		said string
		code int
	}
	done := make(chan answer, 1)
	go func() {
		said, code := h.op("operate", "status")
		done <- answer{said, code}
	}()
	select {
	case a := <-done:
		if a.code != 3 || !strings.Contains(a.said, "could not be fetched") {
			t.Errorf("exit %d\n%s", a.code, a.said)
		}
	case <-time.After(5 * time.Minute):
		t.Error("it waits without end")
	}
}
