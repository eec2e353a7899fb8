package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/fettle-ci/fettle/flow"
)

func (c *command) explain() *cobra.Command {
	var plan bool
	cmd := &cobra.Command{
		Use:       "explain [FLOW]",
		Short:     "Say in words what happens in a flow",
		Long:      "Say in words what happens in a flow of the policy: delivery, hotfix, redeploy, mirror, operate, merge-request or schedule-NAME. Without one, in all of them.",
		Args:      cobra.MaximumNArgs(1),
		ValidArgs: []string{string(flow.Delivery), string(flow.Hotfix), string(flow.Redeploy), string(flow.Mirror), string(flow.Operate), string(flow.MergeRequest)},
		RunE: func(_ *cobra.Command, args []string) error {
			result, err := c.compile()
			if err != nil {
				return err
			}
			flows := result.Plan.Flows
			if len(args) == 1 {
				f := result.Plan.Flow(args[0])
				if f == nil {
					return oneOf("the flow", args[0], flowNames(result.Plan)...)
				}
				flows = []*flow.Flow{f}
			}
			for i, f := range flows {
				if i > 0 {
					fmt.Fprintln(c.stdout)
				}
				if plan {
					fmt.Fprint(c.stdout, f.String())
				} else {
					fmt.Fprint(c.stdout, f.Words())
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&plan, "plan", false, "print the plan itself, step by step")
	return cmd
}

func flowNames(p *flow.Plan) []string {
	var out []string
	for _, f := range p.Flows {
		out = append(out, f.ID())
	}
	return out
}
