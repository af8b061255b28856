// SPDX-License-Identifier: MPL-2.0

package effects

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

// delivery is what Logto sent to an endpoint.
type delivery struct {
	header http.Header
	body   []byte
}

const notLocal = "needs a Logto on this machine, which can reach an endpoint here"

func isLocal(target *acctest.Target) bool {
	u, err := url.Parse(target.Endpoint())
	return err == nil && (u.Hostname() == "localhost" || u.Hostname() == "127.0.0.1")
}

// receive is the URL of an endpoint that answers with a status, and what arrives there.
// Only a Logto on this machine can reach it.
func receive(t *testing.T, target *acctest.Target, status int) (string, <-chan delivery) {
	t.Helper()
	if !isLocal(target) {
		t.Skip(notLocal)
	}
	arrived := make(chan delivery, 100)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err == nil {
			arrived <- delivery{r.Header.Clone(), body}
		}
		w.WriteHeader(status)
	}))
	t.Cleanup(server.Close)
	return server.URL, arrived
}

// A webhook sends its events with its headers, and with a signature that the signing key
// verifies, also after a rotation. It sends each event once, although the endpoint fails.
func TestAccEffects_webhook(t *testing.T) {
	t.Parallel()
	target := acctest.StartReal(t)
	address, arrived := receive(t, target, http.StatusInternalServerError) // Logto does not send it again
	config := func(rotation, description string) string {
		return `
resource "logto_hook" "test" {
  name                 = "{name}"
  url                  = "` + address + `"
  events               = ["Role.Created", "Role.Data.Updated"]
  headers              = { X-Effects = "yes" }
  signing_key_rotation = "` + rotation + `"
}
resource "logto_role" "test" {
  name        = "{name}"
  description = "` + description + `"
  depends_on  = [logto_hook.test]
}`
	}
	delivers := func(event string) resource.TestCheckFunc {
		return with(func(attribute func(string, string) string) {
			for {
				var d delivery
				select {
				case d = <-arrived:
				case <-time.After(10 * time.Second):
					t.Errorf("%s was not delivered", event)
					return
				}
				var sent struct {
					Event string `json:"event"`
					Data  struct {
						Name string `json:"name"`
					} `json:"data"`
				}
				if err := json.Unmarshal(d.body, &sent); err != nil || sent.Event != event || !strings.Contains(string(d.body), target.Name) {
					continue // of another test
				}
				mac := hmac.New(sha256.New, []byte(attribute("logto_hook.test", "signing_key")))
				mac.Write(d.body)
				if got, want := d.header.Get("Logto-Signature-Sha-256"), hex.EncodeToString(mac.Sum(nil)); got != want {
					t.Errorf("the signature of %s is not that of the signing key", event)
				}
				if d.header.Get("X-Effects") != "yes" {
					t.Errorf("%s came without the header", event)
				}
				return
			}
		})
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("1", "a"), Check: delivers("Role.Created")},
		{Config: config("2", "b"), Check: delivers("Role.Data.Updated")},
	}})
	for len(arrived) > 0 {
		if d := <-arrived; strings.Contains(string(d.body), target.Name) {
			t.Errorf("an event was sent twice: %.80s", d.body)
		}
	}
}
