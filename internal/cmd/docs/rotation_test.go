// SPDX-License-Identifier: MPL-2.0

package main

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
)

// secretsOf are the values of the secrets of an application by their names.
func secretsOf(t *testing.T, target *acctest.Target, applicationID string) map[string]string {
	t.Helper()
	_, answer := target.Do(t, http.MethodGet, "/api/applications/"+applicationID+"/secrets", nil)
	values := map[string]string{}
	for _, s := range answer.([]any) {
		secret := s.(map[string]any)
		values[secret["name"].(string)] = secret["value"].(string)
	}
	return values
}

// Each apply with another month stores the value of a new secret, and deletes the one before.
func TestAccRotationExample(t *testing.T) {
	t.Parallel()
	if !acctest.AtLeast(t, "1.11.0", "1.11.0") {
		t.Skip("write-only attributes need Terraform or OpenTofu 1.11")
	}
	target, store := acctest.StartMemory(t), newAWS()
	f := newFolder(t, target, exampleFolder(t, "rotation"), map[string]tfprotov6.ProviderServer{"hashicorp/aws": store.server()})
	commands := regexp.MustCompile(`(?m)^terraform apply (-var month=\d+)$`).FindAllStringSubmatch(commandsOf(t, "secrets")[0], -1)
	if len(commands) != 2 {
		t.Fatalf("the guide has the commands %v", commands)
	}
	f.run(t, append([]string{"apply", "-auto-approve"}, strings.Fields(commands[0][1])...)...)
	f.apply(t, strings.Fields(commands[1][1])...)

	_, answer := target.Do(t, http.MethodGet, "/api/applications", nil)
	for _, a := range answer.([]any) {
		if application := a.(map[string]any); application["name"] == "Order import" {
			secrets := secretsOf(t, target, application["id"].(string))
			stored := store.written("secret_string_wo")
			if len(secrets) != 2 || len(stored) != 2 || stored[0] == stored[1] || stored[1] == "" || secrets["import-202602"] != stored[1] {
				t.Errorf("the secrets are %v, and stored was %v", secrets, stored)
			}
			return
		}
	}
	t.Error("no application was created")
}

// Terraform's own secret is rotated: each run signs in with the one that the run before has stored.
func TestAccOwnSecretExample(t *testing.T) {
	t.Parallel()
	if !acctest.AtLeast(t, "1.11.0", "1.11.0") {
		t.Skip("write-only attributes need Terraform or OpenTofu 1.11")
	}
	target, store := acctest.StartMemory(t), newAWS()
	f := newFolder(t, target, exampleFolder(t, "ci/secret"), map[string]tfprotov6.ProviderServer{"hashicorp/aws": store.server()})
	months := []string{"202512", "202601", "202602", "202603"}
	for i, month := range months[1:] {
		if stored := store.written("secret_string_wo"); i > 0 {
			f.write(t, "versions.tf", signedInWith(t, stored[len(stored)-1], target))
		}
		f.run(t, "apply", "-auto-approve", "-var", "app_id="+fakelogto.AppID, "-var", "month="+month, "-var", "last_month="+months[i])
	}
	stored, secrets := store.written("secret_string_wo"), secretsOf(t, target, fakelogto.AppID)
	if len(stored) != 3 || secrets["terraform-202603"] != stored[2] || secrets["terraform-202602"] != stored[1] || secrets["terraform-202601"] != "" {
		t.Errorf("stored was %v, and the secrets are %v", stored, secrets)
	}
}

// signedInWith is versions.tf of the example with a secret in the provider block.
func signedInWith(t *testing.T, secret string, target *acctest.Target) string {
	t.Helper()
	return emptyProvider.ReplaceAllString(exampleFolder(t, "ci/secret")["versions.tf"],
		"provider \"logto\" {\n  endpoint = \""+target.Server.URL+"\"\n  app_id = \""+fakelogto.AppID+"\"\n  app_secret = \""+secret+"\"\n}")
}
