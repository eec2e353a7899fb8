package generators_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/fettle-ci/fettle/schema/language"
)

const policySchema = "../docs/policy.schema.json"

// The published schema is the one of the table, and every policy is what it
// says.
func TestPolicySchema(t *testing.T) {
	if update() {
		must(t, os.WriteFile(policySchema, language.JSONSchema(), 0o644))
	}
	published, err := os.ReadFile(policySchema)
	must(t, err)
	if !bytes.Equal(published, language.JSONSchema()) {
		t.Error("docs/policy.schema.json is stale: make golden")
	}
	compiled := compileSchema(t, policySchema)
	for _, path := range everyPolicy(t) {
		result, _ := compileFile(t, path)
		printed, err := result.Policy.Effective().JSON()
		must(t, err)
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(printed))
		must(t, err)
		if err := compiled.Validate(v); err != nil {
			t.Errorf("%s: %v", filepath.Base(filepath.Dir(path)), err)
		}
	}
	wrong, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(`{"format_version": 1, "policy": {"p": {"target": ["github"]}}, "delivery": {"environments": []}}`)))
	must(t, err)
	if compiled.Validate(wrong) == nil {
		t.Error("a misspelt attribute is what the schema says")
	}
}
