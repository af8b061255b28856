// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
)

// What comes from the network is an answer to what was asked, or an error. Here a
// gateway, a sign-in page or an ill server answers each call that a resource makes.
// Whatever it was for, there must be an error, and the state must stay as it is.

// wrongAnswer is what comes in the place of a true answer.
type wrongAnswer struct {
	name string
	// instead makes it, nil where there is none, for a path from the true answer, which a
	// GET alone has: of a write nothing is done.
	instead func(path string, truth fakelogto.Answer) *fakelogto.Answer
}

func answered(status int, contentType, body string, header ...string) *fakelogto.Answer {
	h := http.Header{}
	if contentType != "" {
		h.Set("Content-Type", contentType)
	}
	for i := 0; i+1 < len(header); i += 2 {
		h.Set(header[i], header[i+1])
	}
	return &fakelogto.Answer{Status: status, Header: h, Body: []byte(body)}
}

const (
	jsonType = "application/json; charset=utf-8"
	webPage  = "<html><body>Please sign in to the network</body></html>"
)

// same is a wrong answer that does not depend on the true one.
func same(name string, a *fakelogto.Answer) wrongAnswer {
	return wrongAnswer{name, func(string, fakelogto.Answer) *fakelogto.Answer { return a }}
}

// onGet is a wrong answer that is made of the true one to a GET.
func onGet(name string, of func(path string, truth fakelogto.Answer) *fakelogto.Answer) wrongAnswer {
	return wrongAnswer{name, func(path string, truth fakelogto.Answer) *fakelogto.Answer {
		if truth.Status != http.StatusOK || len(truth.Body) == 0 {
			return nil
		}
		return of(path, truth)
	}}
}

// wrongAnswers are what servers answer that are no Logto, or an ill one.
var wrongAnswers = []wrongAnswer{
	same("a web page", answered(http.StatusOK, "text/html", webPage)),
	same("nothing", answered(http.StatusOK, "", "")),
	same("null", answered(http.StatusOK, jsonType, "null")),
	same("a bare value", answered(http.StatusOK, jsonType, `"OK"`)),
	same("JSON that breaks off", answered(http.StatusOK, jsonType, `{"id":"x","name`)),
	same("a promise", answered(http.StatusAccepted, jsonType, `{}`)),
	same("a redirect", answered(http.StatusFound, "", "", "Location", "http://elsewhere.invalid/sign-in")),
	same("not modified", answered(http.StatusNotModified, "", "")),
	same("a web page that says not found", answered(http.StatusNotFound, "text/html", webPage)),
	same("not found by somebody else", answered(http.StatusNotFound, jsonType, `{"error":"no route"}`)),
	same("a web page that says forbidden", answered(http.StatusForbidden, "text/html", webPage)),
	same("a failure", answered(http.StatusInternalServerError, "text/html", webPage)),
	onGet("no content", func(string, fakelogto.Answer) *fakelogto.Answer { return answered(http.StatusNoContent, "", "") }),
	onGet("the other kind", func(_ string, truth fakelogto.Answer) *fakelogto.Answer {
		if truth.Body[0] == '[' {
			return answered(http.StatusOK, jsonType, `{}`)
		}
		return answered(http.StatusOK, jsonType, `[]`)
	}),
	onGet("the truth as text", func(_ string, truth fakelogto.Answer) *fakelogto.Answer {
		truth.Header.Set("Content-Type", "text/plain")
		return &truth
	}),
	onGet("the truth but its last byte", func(_ string, truth fakelogto.Answer) *fakelogto.Answer {
		truth.Body = truth.Body[:len(truth.Body)-1]
		return &truth
	}),
	onGet("strangers", func(_ string, truth fakelogto.Answer) *fakelogto.Answer {
		if truth.Body[0] == '[' {
			return answered(http.StatusOK, jsonType, `[{},null]`)
		}
		return answered(http.StatusOK, jsonType, `{"x":1}`)
	}),
	onGet("another object", func(path string, truth fakelogto.Answer) *fakelogto.Answer {
		var object map[string]any
		if json.Unmarshal(truth.Body, &object) != nil {
			return nil
		}
		asked, err := url.PathUnescape(path[strings.LastIndex(path, "/")+1:])
		for key, value := range object {
			if value == asked {
				object[key] = "another"
				asked = ""
			}
		}
		body, other := json.Marshal(object)
		if err != nil || other != nil || asked != "" {
			return nil
		}
		return answered(http.StatusOK, jsonType, string(body))
	}),
}

// disturbed is something that Terraform asks of the provider.
type disturbed struct {
	name string
	// ask does it, and returns the resource afterwards and the errors.
	ask func(*run) (subject, string)
	// want is the resource as it was before.
	want subject
}

// wrongAnswers sends each wrong answer to each kind of call that a refresh, an
// update, a destroy, a create, a data source and a list resource make.
func (w *ways) wrongAnswers() {
	server := w.target.Server
	if server == nil || w.Variant {
		return
	}
	rows := server.Rows()

	gone := tftypes.NewValue(w.full.kind, nil)
	healthy := w.target.newRun(w.t)
	w.disturb(disturbed{"refresh", func(r *run) (subject, string) { return r.refresh(w.full) }, w.full})
	if minimal, ok := w.minimalConfig(); ok && w.LocalUpdate == "" {
		if p := healthy.plan(w.full, minimal); p.errors == "" && !p.replaces && !p.state.Equal(w.full.state) {
			w.disturb(disturbed{"update", func(r *run) (subject, string) { return r.apply(w.full, minimal, p) }, w.full})
		}
	}
	w.disturb(disturbed{"destroy", func(r *run) (subject, string) {
		return r.apply(w.full, gone, planned{state: gone, private: w.full.private})
	}, w.full})
	if p := healthy.plan(null(w.full), w.config); p.errors == "" {
		w.disturb(disturbed{"create", func(r *run) (subject, string) { return r.apply(null(w.full), w.config, p) }, null(w.full)})
	}
	if config, ok := w.readerConfig(healthy.schema.DataSourceSchemas[w.full.typeName]); ok {
		w.disturb(disturbed{"data source", func(r *run) (subject, string) { return w.full, r.read(w.full.typeName, config) }, w.full})
	}
	if config, ok := w.readerConfig(healthy.schema.ListResourceSchemas[w.full.typeName]); ok {
		w.disturb(disturbed{"list", func(r *run) (subject, string) { return w.full, r.list(w.full.typeName, config) }, w.full})
	}
	if now := server.Rows(); !maps.Equal(rows, now) {
		w.t.Errorf("wrong answers changed what Logto has: %v, and now %v", rows, now)
	}
}

// disturb asks for something while one kind of call after another is answered
// wrongly.

func (w *ways) disturb(d disturbed) {
	server := w.target.Server
	for _, operation := range w.operations(d) {
		method, path, _ := strings.Cut(operation, " ")
		path = parameter.ReplaceAllString(path, "*")
		r := w.target.newRun(w.t, "max_retries", 0, "read_from_lists", false)
		for _, wrong := range wrongAnswers {
			hit := false
			server.Inject(fakelogto.Fault{Method: method, Path: path, After: method == http.MethodGet, Answer: func(truth fakelogto.Answer) fakelogto.Answer {
				calls := server.Calls()
				a := wrong.instead(calls[len(calls)-1].Path, truth)
				if a == nil {
					return truth
				}
				hit = true
				return *a
			}})
			after, problems := w.askInVain(d, r, func() bool { return hit && method != http.MethodGet })
			if !hit {
				continue
			}
			what := w.full.typeName + " " + d.name + ", " + operation + " answered with " + wrong.name
			if problems == "" {
				w.t.Errorf("%s: no error", what)
			}
			if writes := writesAfter(server.Calls(), operation); len(writes) > 0 {
				w.t.Errorf("%s: it was followed by %v", what, writes)
			}
			if !after.state.Equal(d.want.state) {
				w.t.Errorf("%s: the state has other values of %v", what, changes(d.want.state, after.state))
			}
		}
	}
}

// writesAfter are the writes among the calls that followed the first GET of an operation.
func writesAfter(calls []fakelogto.Call, operation string) (writes []string) {
	from := slices.IndexFunc(calls, func(c fakelogto.Call) bool { return c.Method == http.MethodGet && c.Operation == operation })
	if from < 0 {
		return nil
	}
	for _, c := range calls[from:] {
		if c.Method != http.MethodGet {
			writes = append(writes, c.Method+" "+c.Path)
		}
	}
	return writes
}

// askInVain asks for something whose first write is refused, so that it changes
// nothing. Once blind says so, reads are refused too: after a create that was not
// answered, the object that is there could be taken for what it made.
func (w *ways) askInVain(d disturbed, r *run, blind func() bool) (after subject, problems string) {
	server := w.target.Server
	server.Inject(fakelogto.Fault{Method: http.MethodGet, After: true, Answer: func(truth fakelogto.Answer) fakelogto.Answer {
		if blind() {
			return *answered(http.StatusTeapot, "", "")
		}
		return truth
	}})
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		server.Inject(fakelogto.Fault{Method: method, Status: http.StatusTeapot})
	}
	server.ResetCalls()
	defer server.ClearFaults()
	return d.ask(r)
}

// operations are the kinds of call that something makes, to its first write.
func (w *ways) operations(d disturbed) (made []string) {
	w.askInVain(d, w.target.newRun(w.t, "max_retries", 0, "read_from_lists", false), func() bool { return false })
	for _, c := range w.target.Server.Calls() {
		if !slices.Contains(made, c.Operation) {
			made = append(made, c.Operation)
		}
	}
	return made
}

// readerConfig is the configuration with which a data source or a list resource
// reads the object: what it can be given of the parts of its import ID.
func (w *ways) readerConfig(s *tfprotov6.Schema) (tftypes.Value, bool) {
	if s == nil {
		return tftypes.Value{}, false
	}
	values := map[string]tftypes.Value{}
	for _, a := range s.Block.Attributes {
		values[a.Name] = tftypes.NewValue(a.ValueType(), nil)
		if key, ok := get(w.full.state, a.Name); ok && (a.Required || a.Optional) && strings.Contains(w.importID(), "{"+a.Name+"}") {
			values[a.Name] = key
		}
	}
	return tftypes.NewValue(s.ValueType(), values), true
}
