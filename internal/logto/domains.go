// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// Domain is a domain of the tenant's own, on Logto Cloud.
type Domain struct {
	ID string `json:"id"`
	DomainInput
	DomainState
}

// DomainInput is what a create takes of a [Domain]. Nothing can be changed.
type DomainInput struct {
	Domain string `json:"domain"`
}

// DomainState is how far Logto Cloud is with a domain.
type DomainState struct {
	Status       string      `json:"status"` // one of [DomainStatuses]
	ErrorMessage *string     `json:"errorMessage"`
	DNSRecords   []DNSRecord `json:"dnsRecords"`
}

// DNSRecord is a record that the owner of a domain has to make.
type DNSRecord struct {
	Type  string `json:"type"`
	Name  string `json:"name"`
	Value string `json:"value"`
}

// DomainActive is the status of a domain that is ready for use, and
// DomainFailed of one that will not be.
const (
	DomainActive = "Active"
	DomainFailed = "Error"
)

// DomainStatuses are the values of a status, in the order in which a domain has them.
var DomainStatuses = []string{"PendingVerification", "PendingSsl", DomainActive, DomainFailed}

// Domains are the tenant's domains: /domains. Each reading asks Cloudflare anew.
func (c *Client) Domains() *Collection[Domain, DomainInput] {
	all := listing{path: path("domains")}
	src := &source{listing: all, index: byID}
	return &Collection[Domain, DomainInput]{
		c:      c,
		path:   func([]string) string { return path("domains") },
		list:   func([]string) listing { return all },
		source: func(k Key) (*source, string) { return src, k.ID() },
		same:   func(in DomainInput, d *Domain) bool { return d.DomainInput == in },
		has:    []string{"domain", "status"},
		keeps:  []string{"domain"},
	}
}

// AwaitDomain returns the domain when it is active, and an error when it failed or
// patience ended: that ends the pauses between reads, not a read. The domain comes with
// the error, as it was read last. It calls GET /domains/{id}.
func (c *Client) AwaitDomain(ctx context.Context, id string, patience time.Duration) (*Domain, error) {
	waiting, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for attempt := 0; ; attempt++ {
		d := new(Domain)
		if err := c.do(ctx, request{method: http.MethodGet, path: path("domains", id), is: map[string]string{"id": id}, has: []string{"status"}}, d); err != nil {
			return nil, err
		}
		if d.Status == DomainActive {
			return d, nil
		}
		if d.Status != DomainFailed && c.pause(waiting, attempt) == nil {
			continue
		}
		reason := ""
		if d.ErrorMessage != nil && *d.ErrorMessage != "" {
			reason = ": " + Printable(*d.ErrorMessage)
		}
		return d, fmt.Errorf("the domain has the status %s%s", Printable(d.Status), reason)
	}
}

// VerificationFile is served under the domain, to show others who owns it.
type VerificationFile struct {
	Path        string `json:"path"`
	Content     string `json:"content"`
	ContentType string `json:"contentType"`
}

// DomainVerificationFiles are the files of a domain: GET /domains/{id}/verification-files.
func (c *Client) DomainVerificationFiles(ctx context.Context, id string) ([]VerificationFile, error) {
	return listOf[VerificationFile](ctx, c, listing{path: path("domains", id, "verification-files"), known: "path"})
}

// SetDomainVerificationFiles makes files all that the domain has:
// PUT /domains/{id}/verification-files.
func (c *Client) SetDomainVerificationFiles(ctx context.Context, id string, files []VerificationFile) error {
	return c.do(ctx, request{method: http.MethodPut, path: path("domains", id, "verification-files"), body: map[string]any{"verificationFiles": files}}, nil)
}
