// SPDX-License-Identifier: MPL-2.0

package logto_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// jsonAnswer answers with that JSON instead of the true answer.
func jsonAnswer(body string) func(fakelogto.Answer) fakelogto.Answer {
	return func(fakelogto.Answer) fakelogto.Answer {
		return fakelogto.Answer{Status: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: []byte(body)}
	}
}

// webPage answers as a gateway's sign-in page.
func webPage(fakelogto.Answer) fakelogto.Answer {
	return fakelogto.Answer{Status: 200, Header: http.Header{"Content-Type": {"text/html"}}, Body: []byte("<html><body>Please sign in</body></html>")}
}

func nothing(fakelogto.Answer) fakelogto.Answer { return fakelogto.Answer{Status: 200} }

// wrongAnswer is what is wrong with every answer to every kind of call.
var wrongAnswers = map[string]func(fakelogto.Answer) fakelogto.Answer{
	"web page":    webPage,
	"nothing":     nothing,
	"null":        jsonAnswer("null"),
	"bare value":  jsonAnswer(`"OK"`),
	"broken JSON": jsonAnswer(`{"id":"x","name"`),
	"other text": func(fakelogto.Answer) fakelogto.Answer {
		return fakelogto.Answer{Status: 200, Header: http.Header{"Content-Type": {"text/plain"}}, Body: []byte("Bad gateway")}
	},
	"accepted": func(a fakelogto.Answer) fakelogto.Answer {
		a.Status = http.StatusAccepted
		return a
	},
}

// No redirect is followed by any call, and the error names where it points.
func TestNoRedirects(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var stolen []string
	sink := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		stolen = append(stolen, r.Method+" "+r.URL.Path+" "+r.Header.Get("Authorization"))
	}))
	t.Cleanup(sink.Close)
	host := strings.TrimPrefix(sink.URL, "http://")
	calls := map[string]struct {
		path string
		call func(*logto.Client) error
	}{
		"token":           {"/oidc/token", func(c *logto.Client) error { return c.Connect(t.Context()) }},
		"token of others": {"/oidc/token", func(c *logto.Client) error { return second(c.AccessToken(t.Context(), logto.TokenRequest{})) }},
		"list":            {"/api/roles", func(c *logto.Client) error { return second(c.Roles().Search(t.Context(), nil, nil)) }},
		"create": {"/api/roles", func(c *logto.Client) error {
			return second(c.Roles().Create(t.Context(), logto.Key{""}, logto.RoleInput{Name: "r", Description: "d"}))
		}},
		"delete":    {"/api/roles/x", func(c *logto.Client) error { return c.Roles().Delete(t.Context(), logto.Key{"x"}) }},
		"discovery": {"/oidc/.well-known/openid-configuration", func(c *logto.Client) error { return second(c.OIDCConfiguration(t.Context())) }},
	}
	for name, call := range calls {
		for _, status := range []int{301, 302, 303, 307, 308} {
			t.Run(name+" "+strconv.Itoa(status), func(t *testing.T) {
				t.Parallel()
				s := fakelogto.Start(t)
				s.Inject(fakelogto.Fault{Path: call.path, Status: status, Header: http.Header{"Location": {"http://bob:hunter2@" + host + "/steal?token=hunter3"}}, Body: "moved"})
				err := call.call(connect(t, s))
				if err == nil || !strings.Contains(err.Error(), "http://"+host+"/steal") {
					t.Errorf("%v, want an error that names where it points", err)
				}
				if strings.Contains(fmt.Sprint(err), "hunter") {
					t.Errorf("%v shows a password or a query", err)
				}
			})
		}
	}
	t.Cleanup(func() {
		if len(stolen) > 0 {
			t.Errorf("somebody else was called: %q", stolen)
		}
	})
}

func second[T any](_ T, err error) error { return err }

// What is no answer to what was asked is an error, whatever was asked, and it is
// not an object that is gone.
func TestWrongAnswers(t *testing.T) {
	t.Parallel()
	calls := map[string]func(*logto.Client, string) error{
		"GET /api/roles":   func(c *logto.Client, _ string) error { return second(c.Roles().Search(t.Context(), nil, nil)) },
		"GET /api/roles/*": func(c *logto.Client, id string) error { return second(c.Roles().Get(t.Context(), logto.Key{id})) },
		"PATCH /api/roles/*": func(c *logto.Client, id string) error {
			return second(c.Roles().Update(t.Context(), logto.Key{id}, logto.RoleInput{Name: "r", Description: "d"}, logto.RoleInput{Name: "n", Description: "d"}))
		},
		"DELETE /api/roles/*":      func(c *logto.Client, id string) error { return c.Roles().Delete(t.Context(), logto.Key{id}) },
		"GET /api/roles/*/scopes":  func(c *logto.Client, id string) error { return second(c.RoleScopes().Children(t.Context(), id)) },
		"POST /api/roles/*/scopes": func(c *logto.Client, id string) error { return c.RoleScopes().Add(t.Context(), id, []string{"x"}) },
		"GET /api/sign-in-exp":     func(c *logto.Client, _ string) error { return second(c.SignInExperience().Get(t.Context(), nil)) },
		"PATCH /api/sign-in-exp": func(c *logto.Client, _ string) error {
			mode := "SignIn"
			return second(c.SignInExperience().Update(t.Context(), nil, logto.SignInExperience{}, logto.SignInExperience{SignInMode: &mode}))
		},
		"GET /api/resources/*/scopes": func(c *logto.Client, _ string) error {
			return second(c.Scopes().Search(t.Context(), []string{"management-api"}, nil))
		},
		"GET /oidc/.well-known/openid-configuration": func(c *logto.Client, _ string) error { return second(c.OIDCConfiguration(t.Context())) },
		"POST /oidc/token":                           func(c *logto.Client, _ string) error { return second(c.AccessToken(t.Context(), logto.TokenRequest{})) },
	}
	for operation, call := range calls {
		method, path, _ := strings.Cut(operation, " ")
		more := map[string]func(fakelogto.Answer) fakelogto.Answer{}
		switch {
		case strings.HasSuffix(path, "/scopes") && method == "GET", operation == "GET /api/roles":
			more["object"], more["strangers"], more["nulls"] = jsonAnswer("{}"), jsonAnswer("[{}]"), jsonAnswer("[null]")
		case method == "GET", method == "PATCH", strings.HasPrefix(path, "/oidc"):
			more["list"], more["empty object"], more["another"] = jsonAnswer("[]"), jsonAnswer("{}"), jsonAnswer(`{"id":"other","name":"x"}`)
		}
		for _, answers := range []map[string]func(fakelogto.Answer) fakelogto.Answer{wrongAnswers, more} {
			for name, answer := range answers {
				t.Run(operation+" "+name, func(t *testing.T) {
					t.Parallel()
					s := fakelogto.Start(t)
					c := connect(t, s, func(cfg *logto.Config) { cfg.MaxRetries = 0 })
					id := newRole(t, c, "r").ID
					s.Inject(fakelogto.Fault{Method: method, Path: path, Answer: answer})
					err := call(c, id)
					if _, ok := errors.AsType[*logto.AnswerError](err); !ok || logto.IsNotFound(err) {
						t.Errorf("%v, want an AnswerError", err)
					}
				})
			}
		}
	}
}

// A create whose answer is nonsense is like one whose answer is lost: what it made
// is found, and it is made once.
func TestCreateAnsweredWithNonsense(t *testing.T) {
	t.Parallel()
	answers := map[string]func(fakelogto.Answer) fakelogto.Answer{"empty object": jsonAnswer("{}"), "another": jsonAnswer(`{"id":"other","name":"else","description":"d"}`)}
	maps.Copy(answers, wrongAnswers)
	for name, answer := range answers {
		for _, after := range []bool{true, false} {
			t.Run(fmt.Sprint(name, " done ", after), func(t *testing.T) {
				t.Parallel()
				s := fakelogto.Start(t)
				c := connect(t, s)
				before := s.Rows()["roles"]
				s.Inject(fakelogto.Fault{Method: "POST", Path: "/api/roles", Times: 1, After: after, Answer: answer})
				r := newRole(t, c, "once")
				if n := s.Rows()["roles"] - before; n != 1 {
					t.Errorf("%d roles were made, want 1", n)
				}
				if status, _ := s.Do("GET", "/api/roles/"+r.ID, nil); status != 200 {
					t.Errorf("the role that Create returned is not there: HTTP %d", status)
				}
			})
		}
	}
}

// Lists and the Total-Number that the server says they have.
func TestTotalNumber(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		roles int
		total string // instead of the true one; "-" for none
		want  int    // 0 for an error
	}{
		"true":                 {250, "", 250},
		"true, a full page":    {100, "", 100},
		"none":                 {250, "-", 250},
		"none, a full page":    {100, "-", 100},
		"too small":            {250, "3", 0},
		"too small, full page": {250, "100", 0},
		"too large":            {3, "1000", 0},
		"a little too large":   {3, "4", 0},
		"absurd":               {3, "9223372036854775807", 0},
		"beyond numbers":       {3, "92233720368547758070", 0},
		"negative":             {3, "-1", 0},
		"no number":            {3, "many", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := fakelogto.Start(t)
			for i := range c.roles - 1 { // there is one in every tenant
				s.Do("POST", "/api/roles", map[string]any{"name": fmt.Sprint("r", i), "description": "d"})
			}
			if c.total != "" {
				s.Inject(fakelogto.Fault{Path: "/api/roles", After: true, Answer: func(a fakelogto.Answer) fakelogto.Answer {
					a.Header.Set("Total-Number", c.total)
					if c.total == "-" {
						a.Header.Del("Total-Number")
					}
					return a
				}})
			}
			roles, err := connect(t, s).Roles().Search(t.Context(), nil, nil)
			if (err == nil) != (c.want > 0) || len(roles) != c.want {
				t.Errorf("%d roles, %v, want %d", len(roles), err, c.want)
			}
			if n := len(s.Calls()); n > 20 {
				t.Errorf("%d calls for that", n)
			}
		})
	}
}

// Others make and delete objects between two pages all the time. That is no error.
func TestListsThatChangeWhileTheyAreRead(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(s *fakelogto.Server, ids []string, n int){
		"objects go": func(s *fakelogto.Server, ids []string, n int) { s.Do("DELETE", "/api/roles/"+ids[n], nil) },
		"objects come": func(s *fakelogto.Server, _ []string, n int) {
			s.Do("POST", "/api/roles", map[string]any{"name": fmt.Sprint("new", n), "description": "d"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := fakelogto.Start(t)
			var ids []string
			for i := range 250 {
				_, answer := s.Do("POST", "/api/roles", map[string]any{"name": fmt.Sprint("r", i), "description": "d"})
				ids = append(ids, answer.(map[string]any)["id"].(string))
			}
			var mu sync.Mutex
			calls := 0
			s.Inject(fakelogto.Fault{Path: "/api/roles", After: true, Answer: func(a fakelogto.Answer) fakelogto.Answer {
				mu.Lock()
				defer mu.Unlock()
				change(s, ids, calls)
				calls++
				return a
			}})
			roles, err := connect(t, s).Roles().Search(t.Context(), nil, nil)
			if err != nil || len(roles) < 230 {
				t.Errorf("%d roles, %v", len(roles), err)
			}
		})
	}
}

// An answer that is too large ends the call: it is neither kept nor asked for again.
func TestTooLargeAnAnswer(t *testing.T) {
	t.Parallel()
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	blanks := bytes.Repeat([]byte(" "), 1<<20)
	for range 70 {
		_, _ = z.Write(blanks)
	}
	_, _ = z.Write([]byte("[]"))
	_ = z.Close()
	s := fakelogto.Start(t)
	c := connect(t, s)
	asked := 0
	for _, path := range []string{"/api/roles", "/oidc/token"} {
		s.Inject(fakelogto.Fault{Path: path, Answer: func(fakelogto.Answer) fakelogto.Answer {
			asked++
			return fakelogto.Answer{Status: 200, Header: http.Header{"Content-Type": {"application/json"}, "Content-Encoding": {"gzip"}}, Body: bomb.Bytes()}
		}})
		if path == "/api/roles" {
			if _, err := c.Roles().Search(t.Context(), nil, nil); err == nil || !strings.Contains(err.Error(), "more than 64 MB") {
				t.Errorf("a list: %v", err)
			}
			continue
		}
		if _, err := c.AccessToken(t.Context(), logto.TokenRequest{}); err == nil || !strings.Contains(err.Error(), "more than 1 MB") {
			t.Errorf("a token: %v", err)
		}
	}
	if asked != 2 {
		t.Errorf("asked %d times, want once for each", asked)
	}
}

// A server that wants more patience than there is gets none: the error comes at
// once, and says what it wants.
func TestRetryAfter(t *testing.T) {
	t.Parallel()
	later := time.Now().Add(time.Hour).UTC().Format(http.TimeFormat)
	for _, status := range []int{429, 503} {
		for said, want := range map[string]bool{"999999": true, "99999999999999999999": true, "61": true, later: true, "0": false, "-5": false, "soon": false, "": false} {
			t.Run(fmt.Sprint(status, " ", said), func(t *testing.T) {
				t.Parallel()
				for path, call := range map[string]func(*logto.Client) error{
					"/api/roles":  func(c *logto.Client) error { return second(c.Roles().Search(t.Context(), nil, nil)) },
					"/oidc/token": func(c *logto.Client) error { return c.Connect(t.Context()) },
				} {
					s := fakelogto.Start(t)
					s.Inject(fakelogto.Fault{Path: path, Status: status, Header: http.Header{"Retry-After": {said}}})
					err := call(connect(t, s))
					if err == nil || strings.Contains(err.Error(), "Retry-After") != want {
						t.Errorf("%s: %v", path, err)
					}
					if n := len(s.Calls()) + s.Tokens(); want && n > 2 {
						t.Errorf("%s: %d calls", path, n)
					}
				}
			})
		}
	}
}

// An interrupt ends a wait at once, and says what was waited for.
func TestInterruptedWait(t *testing.T) {
	t.Parallel()
	for path, call := range map[string]func(context.Context, *logto.Client) error{
		"/api/roles": func(ctx context.Context, c *logto.Client) error {
			return second(c.Roles().Create(ctx, logto.Key{""}, logto.RoleInput{Name: "r", Description: "d"}))
		},
		"/api/roles/x": func(ctx context.Context, c *logto.Client) error { return second(c.Roles().Get(ctx, logto.Key{"x"})) },
		"/oidc/token":  func(ctx context.Context, c *logto.Client) error { return c.Connect(ctx) },
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			s := fakelogto.Start(t)
			ctx, interrupt := context.WithCancel(t.Context())
			var waited logto.Wait
			c := connect(t, s, func(cfg *logto.Config) {
				cfg.LogWait = func(_ context.Context, w logto.Wait) {
					waited = w
					interrupt()
				}
			})
			s.Inject(fakelogto.Fault{Path: path, Status: 429, Header: http.Header{"Retry-After": {"60"}}})
			err := call(ctx, c)
			if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "HTTP 429") {
				t.Errorf("%v", err)
			}
			if waited.For < time.Minute || waited.Path != path || !strings.Contains(waited.Why, "HTTP 429") {
				t.Errorf("told of %+v", waited)
			}
		})
	}
}

// An interrupt leaves a create that was sent under way, and one that was not sent undone.
func TestInterruptedCreate(t *testing.T) {
	t.Parallel()
	s := fakelogto.Start(t)
	c := connect(t, s)
	ctx, interrupt := context.WithCancel(t.Context())
	s.Inject(fakelogto.Fault{Method: "POST", Path: "/api/roles", Times: 1, After: true, Answer: func(a fakelogto.Answer) fakelogto.Answer {
		interrupt()
		return a
	}})
	in := logto.RoleInput{Name: "sent", Description: "d"}
	if r, err := c.Roles().Create(ctx, logto.Key{""}, in); err != nil || r.Name != "sent" {
		t.Errorf("%v, %v", r, err)
	}
	in.Name = "not sent"
	if _, err := c.Roles().Create(ctx, logto.Key{""}, in); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if writes := s.Writes(); len(writes) != 1 {
		t.Errorf("%v, want one create", writes)
	}

	// The answer of this one is lost besides: it is looked for all the same.
	ctx, interrupt = context.WithCancel(t.Context())
	s.Inject(fakelogto.Fault{Method: "POST", Path: "/api/roles", Times: 1, After: true, Answer: func(a fakelogto.Answer) fakelogto.Answer {
		interrupt()
		return webPage(a)
	}})
	in.Name = "lost"
	if r, err := c.Roles().Create(ctx, logto.Key{""}, in); err != nil || r.Name != "lost" {
		t.Errorf("%v, %v", r, err)
	}
}
