package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strconv"
	"strings"
)

// objects is what a repository has stored, as it was committed: no attribute
// leaves a file out or changes its text. One git process answers for all of it.
type objects struct {
	where []string // which repository, in the options of git
	git   *exec.Cmd
	ask   io.WriteCloser
	out   *bufio.Reader
	said  bytes.Buffer // what git complained about
}

// errNoObject is for a name that is none of an object.
var errNoObject = errors.New("git has no such object")

// list are the entries of a commit, with those of its folders: each "MODE TYPE
// OBJECT", a tab, and the path.
func (o *objects) list(commit string) ([]string, error) {
	out, err := gitAt(append(slices.Clone(o.where), "ls-tree", "-r", "-z", "--full-tree", commit)...)
	if err != nil || out == "" {
		return nil, err
	}
	return strings.Split(strings.TrimSuffix(out, "\x00"), "\x00"), nil
}

// read is an object by its name: an object id, or any name of a revision.
func (o *objects) read(name string) (id string, content []byte, err error) {
	if strings.ContainsAny(name, "\n\x00") {
		return "", nil, errNoObject
	}
	if o.git == nil {
		if err := o.start(); err != nil {
			return "", nil, err
		}
	}
	if _, err := io.WriteString(o.ask, name+"\n"); err != nil {
		return "", nil, o.failed(err)
	}
	head, err := o.out.ReadString('\n')
	if err != nil {
		return "", nil, o.failed(err)
	}
	about := strings.Fields(head) // an object, its type and its size; or that there is none
	if len(about) != 3 {
		return "", nil, errNoObject
	}
	size, err := strconv.Atoi(about[2])
	if err != nil || size < 0 {
		return "", nil, errNoObject
	}
	content = make([]byte, size+1) // and a line end
	if _, err := io.ReadFull(o.out, content); err != nil {
		return "", nil, o.failed(err)
	}
	return about[0], content[:size], nil
}

func (o *objects) start() error {
	git := exec.Command("git", append(slices.Clone(o.where), "cat-file", "--batch")...)
	ask, err := git.StdinPipe()
	if err != nil {
		return err
	}
	out, err := git.StdoutPipe()
	if err != nil {
		return err
	}
	git.Stderr = &o.said
	if err := git.Start(); err != nil {
		return err
	}
	o.git, o.ask, o.out = git, ask, bufio.NewReader(out)
	return nil
}

// failed is why git answered no more: its own words, where it has some.
func (o *objects) failed(err error) error {
	o.close()
	if said := strings.TrimSpace(o.said.String()); said != "" {
		return errors.New("git cat-file: " + said)
	}
	return fmt.Errorf("git cat-file: %w", err)
}

// close ends the process.
func (o *objects) close() {
	if o.git != nil {
		_, _ = o.ask.Close(), o.git.Wait()
		o.git = nil
	}
}
