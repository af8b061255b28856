// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Invoke validates, plans and invokes an action over Terraform's protocol, which
// needs no Terraform that knows actions. Lists stand for sets in the
// configuration. It returns what the action told of its progress, and the
// errors, one after another; in both {name} is the test's own word.
func (t *Target) Invoke(tb testing.TB, action string, config map[string]any) (progress, errors string) {
	tb.Helper()
	ctx := tb.Context()
	server, err := t.Providers()["logto"]()
	if err != nil {
		tb.Fatal(err)
	}
	value := func(v map[string]any) *tfprotov6.DynamicValue {
		b, err := json.Marshal(v)
		if err != nil {
			tb.Fatal(err)
		}
		return &tfprotov6.DynamicValue{JSON: []byte(t.Expand(string(b)))}
	}
	configured, err := server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{
		Config: value(map[string]any{"endpoint": t.endpoint, "app_id": t.appID, "app_secret": t.appSecret})})
	if err != nil {
		tb.Fatal(err)
	}
	if problems := told(configured.Diagnostics); problems != "" {
		tb.Fatal(problems)
	}
	actions, ok := server.(tfprotov6.ActionServer)
	if !ok {
		tb.Fatal("the provider server knows no actions")
	}
	given := value(config)
	validated, err := actions.ValidateActionConfig(ctx, &tfprotov6.ValidateActionConfigRequest{ActionType: action, Config: given})
	if err != nil {
		tb.Fatal(err)
	}
	if errors = told(validated.Diagnostics); errors != "" {
		return "", errors
	}
	planned, err := actions.PlanAction(ctx, &tfprotov6.PlanActionRequest{ActionType: action, Config: given})
	if err != nil {
		tb.Fatal(err)
	}
	if errors = told(planned.Diagnostics); errors != "" {
		return "", errors
	}
	invoked, err := actions.InvokeAction(ctx, &tfprotov6.InvokeActionRequest{ActionType: action, Config: given})
	if err != nil {
		tb.Fatal(err)
	}
	var messages []string
	for event := range invoked.Events {
		switch e := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			messages = append(messages, e.Message)
		case tfprotov6.CompletedInvokeActionEventType:
			errors = told(e.Diagnostics)
		}
	}
	return strings.Join(messages, "\n"), errors
}

// told is the text of the errors among diagnostics, with their attributes.
func told(diagnostics []*tfprotov6.Diagnostic) string {
	return listed(diagnostics, func(d *tfprotov6.Diagnostic) bool { return d.Severity == tfprotov6.DiagnosticSeverityError })
}

// foretold are the warnings of a plan that its apply fails.
func foretold(diagnostics []*tfprotov6.Diagnostic) string {
	return listed(diagnostics, func(d *tfprotov6.Diagnostic) bool {
		return d.Severity == tfprotov6.DiagnosticSeverityWarning && strings.Contains(d.Detail, "An apply of this plan will fail")
	})
}

func listed(diagnostics []*tfprotov6.Diagnostic, which func(*tfprotov6.Diagnostic) bool) string {
	var texts []string
	for _, d := range diagnostics {
		if which(d) {
			text := d.Summary + ": " + d.Detail
			if d.Attribute != nil {
				text += " [" + d.Attribute.String() + "]"
			}
			texts = append(texts, text)
		}
	}
	return strings.Join(texts, "\n")
}
