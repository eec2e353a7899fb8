package script_test

import (
	"os"
	"syscall"
)

// roomy says whether programs can be kept in a folder and run there, and a
// gigabyte besides: /dev/shm of a container is often small, and for data alone.
func roomy(dir string) bool {
	var s syscall.Statfs_t
	if syscall.Statfs(dir, &s) != nil || s.Bavail*uint64(s.Bsize) < 1<<30 || s.Flags&syscall.MS_NOEXEC != 0 {
		return false
	}
	try, err := os.MkdirTemp(dir, "fettle-script-")
	if err != nil {
		return false
	}
	return os.RemoveAll(try) == nil
}
