// SPDX-License-Identifier: MPL-2.0

package kit

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// Rule allows the strings that are allowed; says continues "the value …". The
// error shows the value, so it is not for secrets.
func Rule(says string, allowed func(string) bool) validator.String {
	return rule{says: says, allowed: allowed}
}

// SecretRule is a [Rule] whose error does not show the value.
func SecretRule(says string, allowed func(string) bool) validator.String {
	return rule{says: says, allowed: allowed, secret: true}
}

type rule struct {
	says    string
	allowed func(string) bool
	secret  bool
}

func (r rule) Description(context.Context) string { return "value " + r.says }

func (r rule) MarkdownDescription(ctx context.Context) string { return r.Description(ctx) }

func (r rule) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if v := req.ConfigValue; !v.IsNull() && !v.IsUnknown() && !r.allowed(v.ValueString()) {
		detail := fmt.Sprintf("Attribute %s %s", req.Path, r.says)
		if r.secret {
			detail += "."
		} else {
			detail += ", got: " + v.ValueString()
		}
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid attribute value", detail)
	}
}

// IsWebURL allows http and https URLs with a host.
func IsWebURL() validator.String {
	return Rule("must be an http or https URL, as https://example.com/path", isWebURL)
}

// IsWebURLOrNothing allows "" besides.
func IsWebURLOrNothing() validator.String {
	return Rule(`must be "" or an http or https URL, as https://example.com/path`, func(s string) bool { return s == "" || isWebURL(s) })
}

func isWebURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && !strings.ContainsAny(s, " \t\r\n")
}

var hostName = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// IsHostName allows names of hosts with a dot, in small letters.
func IsHostName() validator.String {
	return Rule("must be the name of a host in small letters, as auth.example.com", hostName.MatchString)
}
