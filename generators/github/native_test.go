package github

import "testing"

// What could read the token of the operations is refused, and nothing else that
// has a name like it.
func TestCredentialIn(t *testing.T) {
	for text, refused := range map[string]bool{
		"${{ steps.token.outputs.token }}":             true,
		"${{ steps . Late-Token . outputs.token }}":    true,
		"${{ toJSON(steps) }}":                         true,
		"${{ steps['token'].outputs.token }}":          true,
		"${{\n  toJSON( secrets ) }}":                  true,
		"${{ secrets['FETTLE_' ] }}":                   true,
		"${{ steps.aws.outputs.aws-account-id }}":      false,
		"${{ secrets.NPM_TOKEN }}":                     false,
		"${{ inputs.steps }} ${{ matrix.secrets }}":    false,
		"${{ env.my-steps }} ${{ vars.STEPS_OF_ALL }}": false,
		"- run: echo the steps and the secrets":        false,
	} {
		if got := credentialIn(text) != ""; got != refused {
			t.Errorf("%q: refused is %v", text, got)
		}
	}
}
