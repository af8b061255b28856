// SPDX-License-Identifier: MPL-2.0

package api

import (
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"time"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

// What Logto fetches from elsewhere is really fetched when it is on this machine;
// any other host counts as unreachable, so tests need no network.

const outboundTimeout = 3 * time.Second

// outboundError tells why a call to somewhere else failed.
type outboundError struct {
	name, code string
	body       string // of an answer that is no success
}

func (e *outboundError) Error() string { return e.name + " " + e.code }

// data is how it shows in an error answer.
func (e *outboundError) data() any {
	if e.body != "" {
		return e.body
	}
	return engine.Object{{"name", e.name}, {"code", e.code}}
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

// outbound calls an address on this machine and returns the body of a 2xx answer.
func outbound(method, address string, header http.Header, body []byte) ([]byte, error) {
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, &outboundError{name: "TypeError", code: "ERR_INVALID_URL"}
	}
	if !isLoopback(u.Hostname()) {
		return nil, &outboundError{name: "RequestError", code: "ENOTFOUND"}
	}
	ctx, cancel := context.WithTimeout(context.Background(), outboundTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return nil, &outboundError{name: "TypeError", code: "ERR_INVALID_URL"}
	}
	maps.Copy(req.Header, header)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		code := "ETIMEDOUT"
		if errors.Is(err, syscall.ECONNREFUSED) {
			code = "ECONNREFUSED"
		}
		return nil, &outboundError{name: "RequestError", code: code}
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, engine.MaxBody))
	if err != nil {
		return nil, &outboundError{name: "RequestError", code: "ECONNRESET"}
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return nil, &outboundError{name: "HTTPError", code: "ERR_NON_2XX_3XX_RESPONSE", body: string(answer)}
	}
	return answer, nil
}

// deliver sends a message of a type through an Email or Sms connector. Only those
// that post to an address of the config can reach anything here.
func deliver(f connectorFactory, config engine.Object, kind, to string, payload engine.Object) engine.Later {
	return func() (any, error) {
		if err := checkConnectorConfig(f.id, config); err != nil {
			return nil, err
		}
		err := error(&outboundError{name: "RequestError", code: "ENOTFOUND"})
		if strings.HasPrefix(f.id, "http-") {
			header := http.Header{"Content-Type": {"application/json"}}
			if authorization := config.Str("authorization"); authorization != "" {
				header.Set("Authorization", authorization)
			}
			body := engine.AppendJSON(nil, engine.Object{{"to", to}, {"type", kind}, {"payload", payload}})
			_, err = outbound(http.MethodPost, config.Str("endpoint"), header, body)
		}
		if failed, ok := errors.AsType[*outboundError](err); ok {
			return nil, engine.Fail(400, "connector.general", failed.data())
		}
		return nil, err
	}
}

// message is the sending of a message of a type through the tenant's connector of
// a kind.
func message(db *engine.Store, connectorKind, kind, to string, payload engine.Object) (engine.Later, error) {
	for _, l := range liveConnectors(db) {
		if l.factory.kind == connectorKind {
			return deliver(l.factory, l.row.Obj("config"), kind, to, payload), nil
		}
	}
	return nil, engine.Fail(501, "connector.not_found")
}

// formEscape encodes as URLSearchParams does.
func formEscape(s string) string {
	return strings.ReplaceAll(url.QueryEscape(s), "~", "%7E")
}
