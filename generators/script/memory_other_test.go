//go:build !linux

package script_test

func roomy(string) bool { return false }
