// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"strings"
	"testing"
)

// The path of an issue reads as in a configuration.
func TestIssuePath(t *testing.T) {
	t.Parallel()
	err := underConfig(ConnectorInput{ConfigVersion: new(int64)}, &Error{Code: "connector.invalid_config", Issues: []Issue{
		{Path: []any{"port"}, Message: "a"}, {Path: []any{"templates", 0.0, "content"}, Message: "b"}, {Path: []any{"list", 1.0, 2.0}, Message: "c"},
	}})
	const want = "\n- config_wo.port: a\n- config_wo.templates[0].content: b\n- config_wo.list[1][2]: c"
	if !strings.HasSuffix(err.Error(), want) {
		t.Errorf("got %q, want it to end with %q", err, want)
	}
}
