package main

import (
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fettle-ci/fettle/schema"
	"github.com/fettle-ci/fettle/schema/language"
)

func (c *command) policy() *cobra.Command {
	var asJSON, asSchema bool
	cmd := &cobra.Command{
		Use:   "policy",
		Short: "Print the effective policy",
		Long: `Print the effective policy: with everything that it extends, and with
variables, locals and ` + "`like`" + ` resolved; run-time values stay as they are. The
result is a policy.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if asSchema {
				_, err := c.stdout.Write(language.JSONSchema())
				return err
			}
			effective, err := c.effective()
			if err != nil {
				return err
			}
			out := effective.HCL()
			if asJSON {
				if out, err = effective.JSON(); err != nil {
					return err
				}
			}
			_, err = c.stdout.Write(out)
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print it as JSON")
	cmd.Flags().BoolVar(&asSchema, "schema", false, "print the JSON schema of a policy as JSON")
	c.addVariables(cmd)
	return cmd
}

// effective is the policy of the directory as it takes effect.
func (c *command) effective() (*schema.Effective, error) {
	repository, err := c.compile(false)
	if err != nil {
		return nil, err
	}
	if all := repository.Results; len(all) > 1 {
		var dirs []string
		for _, r := range all {
			dirs = append(dirs, filepath.ToSlash(filepath.Dir(r.Policy.Sources[0].Name)))
		}
		return nil, usage("there are several policies here; name the directory of one with -C: %s", strings.Join(dirs, ", "))
	}
	return repository.Results[0].Policy.Effective(), nil
}
