// SPDX-License-Identifier: MPL-2.0

package signin_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

var profileFieldLife = acctest.Lifecycle{
	Resource: "logto_custom_profile_field.test",
	Minimal: `
resource "logto_custom_profile_field" "test" {
  name = replace("{name}", "-", "")
  type = "Text"
}`,
	Full: `
resource "logto_custom_profile_field" "test" {
  name        = replace("{name}", "-", "")
  type        = "Text"
  description = "As your friends call you."
  required    = true
  config = {
    placeholder = "Jane"
    min_length  = 2
    max_length  = 20
  }
}`,
	Path:     "/api/custom-profile-fields/{name}",
	Change:   map[string]any{"type": "Text", "required": false, "description": "Other", "config": map[string]any{"maxLength": 5}},
	ChangeBy: "PUT /api/custom-profile-fields/{name}",
	ImportID: "{name}",
	// A PUT replaces the field, so each of these says all of it.
	Drift: map[string]acctest.Outside{
		"description":        {Body: fieldWith("description", "Other")},
		"label":              {Body: fieldWith("label", "Other")},
		"required":           {Body: fieldWith("required", false)},
		"config.placeholder": {Body: fieldWith("config", map[string]any{"placeholder": "Joe", "minLength": 2, "maxLength": 20})},
		"config.min_length":  {Body: fieldWith("config", map[string]any{"placeholder": "Jane", "minLength": 3, "maxLength": 20})},
		"config.max_length":  {Body: fieldWith("config", map[string]any{"placeholder": "Jane", "minLength": 2, "maxLength": 21})},
	},
	NoDrift: map[string]string{
		"type":                 "another type takes other settings along",
		"config.custom_format": "of another type of field", "config.default_value": "of another type of field", "config.format": "of another type of field",
		"config.max_value": "of another type of field", "config.min_value": "of another type of field", "config.options": "of another type of field",
		"config.parts": "of another type of field",
	},
	NotAdopted: "the name is in use",
	// The order among all fields moves when one of them is made anew.
	ReadOnly: []string{"id", "createdAt", "sieOrder"},
}

// fieldWith is the full field with one key changed.
func fieldWith(key string, value any) map[string]any {
	body := map[string]any{"type": "Text", "description": "As your friends call you.", "required": true,
		"config": map[string]any{"placeholder": "Jane", "minLength": 2, "maxLength": 20}}
	body[key] = value
	return body
}

func TestAccCustomProfileField(t *testing.T) { profileFieldLife.Run(t) }

func TestAccCustomProfileField_faults(t *testing.T) { profileFieldLife.Faults(t) }

func profileFieldOf(more string) string {
	return "resource \"logto_custom_profile_field\" \"test\" {\n  name = replace(\"{name}\", \"-\", \"\")\n" + more + "\n}"
}

// A field can become one of any other type, and nothing of the old type stays.
func TestAccCustomProfileField_types(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	at := "/api/custom-profile-fields/" + fieldName(target)
	var steps []resource.TestStep
	for _, c := range []struct{ hcl, config string }{
		{`type = "Text"
  config = { placeholder = "x", min_length = 0, max_length = 3 }`, `{"placeholder":"x","minLength":0,"maxLength":3}`},
		{`type = "Number"
  config = { min_value = 1, max_value = 3 }`, `{"minValue":1,"maxValue":3}`},
		{`type = "Date"
  config = { format = "custom", custom_format = "dd.MM.yyyy" }`, `{"format":"custom","customFormat":"dd.MM.yyyy"}`},
		{`type = "Checkbox"
  config = { default_value = true }`, `{"defaultValue":"true"}`},
		{`type = "Select"
  config = { options = [{ value = "a", label = "A" }, { value = "b" }] }`, `{"options":[{"value":"a","label":"A"},{"value":"b"}]}`},
		{`type = "Url"`, `{"enabled":false}`},
		{`type = "Regex"
  config = { format = "^(?=a)[a-z]+$" }`, `{"format":"^(?=a)[a-z]+$"}`},
		{`type = "Address"
  config = { parts = [
    { enabled = true, name = "locality", type = "Text", required = true, label = "City", config = { max_length = 30 } },
    { enabled = false, name = "country", type = "Select", required = false, config = { options = [{ value = "se" }] } },
  ] }`, `{"parts":[{"enabled":true,"name":"locality","type":"Text","label":"City","required":true,"config":{"maxLength":30}},` +
			`{"enabled":false,"name":"country","type":"Select","required":false,"config":{"options":[{"value":"se"}]}}]}`},
		{`type = "Fullname"
  config = { parts = [{ enabled = true, name = "givenName", type = "Text", required = true }] }`, `{"parts":[{"enabled":true,"name":"givenName","type":"Text","required":true}]}`},
	} {
		steps = append(steps, resource.TestStep{Config: profileFieldOf("  " + c.hcl), Check: has(t, target, at, map[string]string{"config": c.config})})
	}
	target.Test(t, resource.TestCase{Steps: steps})
}

// Logto cannot clear a label.
func TestAccCustomProfileField_label(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	at := "/api/custom-profile-fields/" + fieldName(target)
	action := func(a plancheck.ResourceActionType) resource.ConfigPlanChecks {
		return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction("logto_custom_profile_field.test", a)}}
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: profileFieldOf("  type = \"Text\"\n  label = \"One\"")},
		{Config: profileFieldOf("  type = \"Text\"\n  label = \"Two\""), ConfigPlanChecks: action(plancheck.ResourceActionUpdate), Check: has(t, target, at, map[string]string{"label": `"Two"`})},
		{Config: profileFieldOf("  type = \"Text\""), ConfigPlanChecks: action(plancheck.ResourceActionDestroyBeforeCreate), Check: has(t, target, at, map[string]string{"label": `""`})},
		{Config: profileFieldOf("  type = \"Text\"\n  label = \"\""), ConfigPlanChecks: action(plancheck.ResourceActionUpdate)},
		{Config: profileFieldOf("  type = \"Text\"\n  label = \"One\""), ConfigPlanChecks: action(plancheck.ResourceActionUpdate), Check: has(t, target, at, map[string]string{"label": `"One"`})},
		{Config: profileFieldOf("  type = \"Text\"\n  label = \"\""), ConfigPlanChecks: action(plancheck.ResourceActionDestroyBeforeCreate), Check: has(t, target, at, map[string]string{"label": `""`})},
	}})
}

// What the server would store, and then answer nothing any more, not even to
// people who sign in, is refused before anything is sent.
func TestAccCustomProfileField_invalid(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	long := strings.Repeat("x", 257)
	var steps []resource.TestStep
	for _, c := range []struct{ hcl, want string }{
		{`type = "Number"
  config = { min_value = -1 }`, `config.min_value must be at least 0`},
		{`type = "Number"
  config = { max_value = 1.5 }`, `config|number`},
		{`type = "Text"
  config = { max_length = -1 }`, `config.max_length must be at least 0`},
		{`type = "Text"
  config = { placeholder = "` + long + `" }`, `config.placeholder must have at most 256 characters`},
		{`type = "Regex"
  config = { format = "` + long[:129] + `" }`, `config.format must have`},
		{`type = "Text"
  config = { min_length = 3, max_length = 2 }`, `No answer is possible`},
		{`type = "Checkbox"`, `needs config.default_value`},
		{`type = "Checkbox"
  required = true
  config = { default_value = "true" }`, `A check box cannot be required`},
		{`type = "Checkbox"
  description = "x"
  config = { default_value = "true" }`, `A check box has no description`},
		{`type = "Select"`, `needs config.options`},
		{`type = "Select"
  config = { options = [] }`, `at least 1`},
		{`type = "Regex"
  config = { format = "(" }`, `This is no regular expression`},
		{`type = "Date"
  config = { format = "custom" }`, `custom_format says which`},
		{`type = "Url"
  config = { min_length = 1 }`, `Another type of field has this`},
		{`type = "Address"`, `needs config.parts`},
		{`type = "Address"
  config = { parts = [{ enabled = true, name = "givenName", type = "Text", required = true }] }`, `config.parts\[0\].name is not allowed. Allowed values: "formatted"`},
		{`type = "Fullname"
  config = { parts = [{ enabled = true, name = "givenName", type = "Address", required = true }] }`, `parts\[0\].type`},
		{`type = "Fullname"
  config = { parts = [{ enabled = true, name = "givenName", type = "Text", required = true, config = { min_length = -2 } }] }`, `parts\[0\].config.min_length must be at least 0`},
		{`type = "Fullname"
  config = { parts = [{ enabled = true, name = "givenName", type = "Checkbox", required = true, config = { default_value = "true" } }] }`, `A check box cannot be required`},
		{`type = "Colour"`, `Allowed values: .*"Fullname"`},
		{`type = "Number"
  config = { min_value = 9007199254740992 }`, `config.min_value must be at most`},
		{`type = "Date"
  config = { format = "YYYY" }`, `The value of attribute config.format is not allowed. Allowed values: `},
		{`type = "Select"
  config = { options = [{ value = var.secret }, { value = "b" }, { value = var.secret }] }
}
variable "secret" {
  default   = "§"
  sensitive = true`, `^[^§]*config.options\[2\]: An element before it has the same value[^§]*$`},
		{`type = "Fullname"
  config = { parts = [{ enabled = true, name = "givenName", type = "Text", required = true }, { enabled = false, name = "givenName", type = "Text", required = true }] }`, `config.parts\[1\]: .*the same name`},
	} {
		steps = append(steps, resource.TestStep{Config: profileFieldOf("  " + c.hcl), PlanOnly: true, ExpectError: regexp.MustCompile("(?s)" + strings.ReplaceAll(c.want, " ", `\s+`))})
	}
	for _, name := range []string{"with-dash", "username", "preferredUsername", ""} {
		steps = append(steps, resource.TestStep{Config: fmt.Sprintf("resource \"logto_custom_profile_field\" \"test\" {\n  name = %q\n  type = \"Text\"\n}", name), PlanOnly: true, ExpectError: regexp.MustCompile(`name\s+must`)})
	}
	steps = append(steps, resource.TestStep{Config: profileFieldLife.Minimal + `
resource "logto_custom_profile_field" "twin" {
  name = logto_custom_profile_field.test.name
  type = "Url"
}`, ExpectError: regexp.MustCompile(`custom_profile_fields\.name_exists`)})
	target.Test(t, resource.TestCase{Steps: steps})
}

// Fields and their order at sign-up, and a field that goes: it leaves the list.
func TestAccCustomProfileField_order(t *testing.T) {
	target := alone(t)
	target.Needs(t, "1.41")
	target.Keep(t, "/api/sign-in-exp")
	name := fieldName(target)
	fields := `
resource "logto_custom_profile_field" "test" {
  count = 2
  name  = "` + name + `${["a", "b"][count.index]}"
  type  = "Text"
}
`
	order := func(of string) string {
		return "resource \"logto_sign_in_experience\" \"test\" {\n  sign_up_profile_fields = " + of + "\n}\n"
	}
	target.Test(t, resource.TestCase{
		Steps: []resource.TestStep{
			{Config: fields + order(`reverse(logto_custom_profile_field.test[*].name)`) + `
data "logto_custom_profile_fields" "test" {
  type       = "Text"
  depends_on = [logto_custom_profile_field.test]
}
output "found" {
  value = length([for f in data.logto_custom_profile_fields.test.custom_profile_fields : f if startswith(f.name, "` + name + `")])
}`,
				ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("found", knownvalue.Int64Exact(2))},
				Check:             has(t, target, "/api/sign-in-exp", map[string]string{"signUpProfileFields": `[{"name":"` + name + `b"},{"name":"` + name + `a"}]`})},
			{
				PreConfig: func() { target.Do(t, http.MethodDelete, "/api/custom-profile-fields/"+name+"a", nil) },
				Config:    fields + order(`reverse(logto_custom_profile_field.test[*].name)`),
				Check:     has(t, target, "/api/sign-in-exp", map[string]string{"signUpProfileFields": `[{"name":"` + name + `b"},{"name":"` + name + `a"}]`}),
			},
		},
		CheckDestroy: func(s *terraform.State) error {
			return has(t, target, "/api/sign-in-exp", map[string]string{"signUpProfileFields": `null`})(s)
		},
	})
}
