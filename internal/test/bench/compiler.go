package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// compiler measures whole processes of fettle beside the bare program, which
// reads HCL, prints seven files and checks nothing.
type compiler struct{ dir, fettle, bare string }

func newCompiler(dir string) (*compiler, error) {
	c := &compiler{dir, filepath.Join(dir, "fettle"), filepath.Join(dir, "bare")}
	for _, b := range [][2]string{{c.fettle, "./cmd/fettle"}, {c.bare, "./internal/test/bench/bare"}} {
		build := exec.Command("go", "build", "-o", b[0], b[1])
		build.Env = append(os.Environ(), "CGO_ENABLED=0") // as make builds it
		if out, err := build.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("%w\n%s", err, out)
		}
	}
	return c, nil
}

// repository is a working tree with policies in it, whose files are generated.
func (c *compiler) repository(name string, policies map[string]string) (string, error) {
	dir := filepath.Join(c.dir, name)
	for path, text := range policies {
		if err := write(filepath.Join(dir, path), text); err != nil {
			return "", err
		}
	}
	for _, args := range [][]string{{"git", "init", "--quiet", "."}, {c.fettle, "generate"}} {
		if _, err := (program{name, dir, args, nil}).run(); err != nil {
			return "", err
		}
	}
	return dir, nil
}

func write(path, text string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o644)
}

var onePolicy = []struct{ name, path string }{
	{"claims", "examples/claims/release.hcl"},
	{"storefront", "examples/storefront/release.hcl"},
	{"minimal", "testdata/cases/minimal/policy.hcl"},
}

// one is a policy at a time, against the bare program on claims.
func (c *compiler) one(rounds int) (string, error) {
	var programs []program
	dirs := map[string]string{}
	for _, p := range onePolicy {
		text, err := os.ReadFile(p.path)
		if err != nil {
			return "", err
		}
		if dirs[p.name], err = c.repository(p.name, map[string]string{"release.hcl": string(text)}); err != nil {
			return "", err
		}
	}
	fettle := func(policy string, args ...string) {
		programs = append(programs, program{"`" + strings.Join(append([]string{"fettle"}, args...), " ") + "`, " + policy, dirs[policy], append([]string{c.fettle}, args...), nil})
	}
	programs = append(programs, program{"bare program, claims", dirs["claims"], []string{c.bare, "release.hcl"}, nil})
	fettle("claims", "version")
	fettle("claims", "fmt", "--check")
	fettle("claims", "lint")
	fettle("claims", "generate")
	fettle("storefront", "generate")
	fettle("minimal", "generate")
	samples, err := inTurn(programs, rounds)
	if err != nil {
		return "", err
	}
	targets := []string{"", "0.5", "0.8", "1.5", "1.5", "1.0", "0.9"}
	var b strings.Builder
	b.WriteString("| process | processor time | of the bare program | at most wanted | memory |\n| --- | --- | --- | --- | --- |\n")
	for i, p := range programs {
		fmt.Fprintf(&b, "| %s | %s | %.2f | %s | %s |\n", p.name, ms(median(of(samples[i], processor))), times(samples[i], samples[0]), targets[i], mib(median(of(samples[i], memory))))
	}
	return b.String(), nil
}

// fleetPolicy is one of many: delivery, hotfix and redeploy for three systems. GitLab
// is none of them: it takes 150 included files, which are 25 policies.
func fleetPolicy(name string) string {
	return fmt.Sprintf(`policy %[1]q {
  component = %[1]q
  paths     = ["%[1]s/**"]
  targets   = ["github", "azure", "jenkins"]
  active    = "github"
}

check "unit" {
  run = "make test"
}

environment "production" {
  deploy = "./deploy.sh production"

  approval "release" {
    approvers = [group.managers]
  }
}

group "managers" {
  github  = "acme/managers"
  azure   = "[Acme]\\Managers"
  jenkins = "managers"
}

delivery {
  checks       = [check.unit]
  environments = [environment.production]
}

hotfix {}

redeploy {}
`, name)
}

// fleet is a working tree with that many policies.
func (c *compiler) fleet(size int) (string, []string, error) {
	policies := map[string]string{}
	var paths []string
	for i := range size {
		name := fmt.Sprintf("s%04d", i+1)
		policies[name+"/release.hcl"] = fleetPolicy(name)
		paths = append(paths, name+"/release.hcl")
	}
	dir, err := c.repository(fmt.Sprintf("fleet-%d", size), policies)
	return dir, paths, err
}

// fleets are many policies in one repository, each size beside the bare program
// on as many.
func (c *compiler) fleets(sizes []int, rounds int) (string, error) {
	var programs []program
	var bare []int // for each program, where the bare one stands that it is compared with
	add := func(name, dir string, args ...string) {
		if name == "bare program" {
			bare = append(bare, len(programs))
		} else {
			bare = append(bare, bare[len(bare)-1])
		}
		programs = append(programs, program{name, dir, args, nil})
	}
	for i, size := range sizes {
		dir, paths, err := c.fleet(size)
		if err != nil {
			return "", err
		}
		add("bare program", dir, append([]string{c.bare}, paths...)...)
		add("`fettle generate`", dir, c.fettle, "generate")
		if i == 0 {
			add("`fettle check`", dir, c.fettle, "check")
		}
	}
	samples, err := inTurn(programs, rounds)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "| policies | process | processor time | of the bare program | of `generate` with %d | wall, of processor time | memory |\n| --- | --- | --- | --- | --- | --- | --- |\n", sizes[0])
	size := -1
	for i, p := range programs {
		if bare[i] == i {
			size++
		}
		took := of(samples[i], processor)
		fmt.Fprintf(&b, "| %d | %s | %s | %.2f | %.2f | %.2f | %s |\n", sizes[size], p.name, ms(median(took)), times(samples[i], samples[bare[i]]), times(samples[i], samples[1]),
			float64(median(of(samples[i], wall)))/float64(median(took)), mib(median(of(samples[i], memory))))
	}
	b.WriteString("\nWanted: 200 policies at most 1.2 times the bare program; 1,000 at most 5.5 times 200, and 150 MiB; wall at most 0.6 of processor time on two cores; `check` no dearer than `generate`.\n")
	return b.String(), nil
}
