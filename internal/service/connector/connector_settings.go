// SPDX-License-Identifier: MPL-2.0

package connector

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// formless are settings that factories take and that their forms do not have.
var formless = map[string][]string{
	"google-universal": {"oneTap"},
	"oauth2":           {"responseType", "grantType"},
	"oidc":             {"responseType", "grantType"},
	"qq-universal":     {"redirectUri"},
	"saml":             {"authnRequestBinding", "assertionBinding"},
	"xiaomi-universal": {"redirectUri"},
}

// usagesOf are the usage types of which a factory needs a template, where they are not
// those of basicUsages. They count as far as the form has a template of them.
var (
	basicUsages = []string{"SignIn", "Register", "ForgotPassword", "Generic"}
	usagesOf    = map[string][]string{
		"aliyun-short-message-auth-service": append(slices.Clone(basicUsages),
			"OrganizationInvitation", "UserPermissionValidation", "BindNewIdentifier", "MfaVerification", "BindMfa"),
		"smsbao-sms": nil,
	}
)

// settings are the settings of a configuration and their attribute. They are nil where
// there are none, and while they are unknown.
func (m *connector) settings() (attribute string, settings json.RawMessage) {
	if m.Config.IsNull() {
		return "config_wo", m.ConfigWO.JSON()
	}
	return "config", m.Config.JSON()
}

// hasOtherSettings reports whether an apply of the configuration writes settings.
func (m *connector) hasOtherSettings(state *connector) bool {
	attribute, settings := m.settings()
	if attribute == "config_wo" {
		return !m.ConfigWOVersion.Equal(state.ConfigWOVersion)
	}
	return !bytes.Equal(settings, state.Config.JSON())
}

// checkSettings compares the settings of a configuration with the form of the factory:
// what Logto would refuse is an error, and what it stores without using it a warning.
// Logto checks the rest.
func (m *connector) checkSettings(factory *logto.ConnectorFactory, diags *diag.Diagnostics) {
	attribute, raw := m.settings()
	var settings map[string]any
	builtIn := strings.HasPrefix(factory.ID, "logto-") // Logto Cloud adds settings to what is given
	if json.Unmarshal(raw, &settings) != nil || len(factory.FormItems) == 0 || builtIn {
		return
	}
	takes := slices.Clone(formless[factory.ID])
	var lacks []string
	for _, item := range factory.FormItems {
		takes = append(takes, item.Key)
		_, given := settings[item.Key]
		switch {
		case !given && isNeeded(item, settings):
			lacks = append(lacks, attribute+"."+item.Key)
		case given && item.Key == "templates":
			if usages := lacksTemplates(factory.ID, item, settings[item.Key]); len(usages) > 0 {
				lacks = append(lacks, attribute+".templates: a template of each of the usage types "+strings.Join(usages, ", "))
			}
			warnOfNoCode(attribute, settings[item.Key], diags)
		}
	}
	unknown := slices.DeleteFunc(slices.Sorted(maps.Keys(settings)), func(key string) bool { return slices.Contains(takes, key) })
	meant := validators.DidYouMean(takes, unknown...)
	if len(lacks) > 0 {
		framework.Refuse(diags, attribute, "The settings of the connector are not complete",
			fmt.Sprintf("%sConnectors of the factory %s need these settings, which are missing or empty:\n\n  %s", meant, factory.ID, strings.Join(lacks, "\n  ")))
	}
	if len(unknown) > 0 {
		framework.Warn(diags, attribute, "The factory does not know a setting",
			fmt.Sprintf("%sConnectors of the factory %s have no settings of these keys, which Logto stores and does not use:\n\n  %s\n\nThey have: %s.",
				meant, factory.ID, attribute+"."+strings.Join(unknown, "\n  "+attribute+"."), strings.Join(takes, ", ")))
	}
}

// codePlaceholder is where a factory puts a verification code into a text: {{code}} mostly.
var codePlaceholder = regexp.MustCompile(`[{#$%]\s*code\b`)

// warnOfNoCode tells of templates for verification codes that have no place for the code.
func warnOfNoCode(attribute string, given any, diags *diag.Diagnostics) {
	templates, _ := given.([]any)
	var without []string
	for i, t := range templates {
		template, _ := t.(map[string]any)
		content, isText := template["content"].(string)
		subject, _ := template["subject"].(string)
		usage, _ := template["usageType"].(string)
		if isText && logto.BringsCode(usage) && !codePlaceholder.MatchString(content) && !codePlaceholder.MatchString(subject) {
			without = append(without, fmt.Sprintf("%s.templates[%d]", attribute, i))
		}
	}
	if len(without) > 0 {
		framework.Warn(diags, attribute, "A message has no verification code",
			"Messages of these templates bring a verification code, for which {{code}} stands in the content, and they have none. Users who get such a message cannot go on:\n\n  "+strings.Join(without, "\n  "))
	}
}

// isNeeded reports whether Logto refuses settings without the item. The form calls an
// item required that has a default as well, and fills in a default that is JSON only
// as a sample.
func isNeeded(item logto.FormItem, settings map[string]any) bool {
	for _, c := range item.ShowConditions {
		if !reflect.DeepEqual(settings[c.TargetKey], c.ExpectValue) {
			return false
		}
	}
	return item.Required && (len(item.DefaultValue) == 0 || item.Type == "Json")
}

// lacksTemplates are the usage types that need a template and have none.
func lacksTemplates(factoryID string, item logto.FormItem, given any) []string {
	needs, ok := usagesOf[factoryID]
	if !ok {
		needs = basicUsages
	}
	usages := func(list any) (found []any) {
		templates, _ := list.([]any)
		for _, t := range templates {
			if t, ok := t.(map[string]any); ok {
				found = append(found, t["usageType"])
			}
		}
		return found
	}
	if _, isList := given.([]any); !isList {
		return nil // Logto says so
	}
	var sample any
	_ = json.Unmarshal(item.DefaultValue, &sample) // without one nothing is needed
	there, known := usages(given), usages(sample)
	return slices.DeleteFunc(slices.Clone(needs), func(usage string) bool {
		return slices.Contains(there, any(usage)) || !slices.Contains(known, any(usage))
	})
}
