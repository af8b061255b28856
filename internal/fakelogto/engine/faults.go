// SPDX-License-Identifier: MPL-2.0

package engine

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Drop says when a fault cuts the connection.
type Drop int

// NoDrop answers; DropBefore does nothing and cuts the connection; DropAfter does
// the work and cuts the connection instead of answering.
const (
	NoDrop Drop = iota
	DropBefore
	DropAfter
)

// Fault is something that goes wrong with calls of the Management API or of the
// token endpoint, or, where Path names it, of discovery. Note that Go's own HTTP client repeats a GET whose reused
// connection was cut: such a call arrives twice.
type Fault struct {
	Method string      // "" is any
	Path   string      // as /api/applications/*/secrets, * being one segment; "" is any
	Skip   int         // matching calls to let pass first
	Times  int         // calls to hit; 0 is all
	Status int         // answer with this status and do nothing
	Header http.Header // of that answer
	Body   string      // of that answer; "" is Logto's own for the status
	Drop   Drop        // cut the connection instead
	After  bool        // do the work first, then answer with Status
	// Revoke makes all tokens invalid when the call arrives, which is then worked on.
	Revoke bool
	// Answer, if not nil, makes the answer instead: with After from the true one,
	// otherwise from an empty one with Status.
	Answer func(Answer) Answer
}

// Answer is an answer on the wire.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

func (a Answer) reply() Reply {
	header := http.Header{}
	for key, values := range a.Header {
		header[http.CanonicalHeaderKey(key)] = values
	}
	return Reply{Status: cmp.Or(a.Status, http.StatusOK), Header: header, Body: a.Body}
}

// instead reports whether the fault answers and does nothing.
func (f *Fault) instead() bool {
	return f != nil && f.Drop == NoDrop && !f.After && (f.Status != 0 || f.Answer != nil)
}

// after is the answer after the work was done, which out is the true one to.
func (f *Fault) after(out Reply) Reply {
	switch {
	case f == nil || f.Drop != NoDrop || !f.After:
		return out
	case f.Answer != nil:
		return f.Answer(Answer{Status: out.Status, Header: out.Header.Clone(), Body: out.Body}).reply()
	case f.Status != 0:
		return f.answer()
	}
	return out
}

type armed struct {
	Fault
	skipped, hits int
}

// Inject adds a fault. Of several that match a call the first one hits it.
func (s *Server) Inject(f Fault) {
	s.control.Lock()
	defer s.control.Unlock()
	s.faults = append(s.faults, &armed{Fault: f})
}

// ClearFaults removes all faults.
func (s *Server) ClearFaults() {
	s.control.Lock()
	defer s.control.Unlock()
	s.faults = nil
}

// Hits returns how many calls were hit by the faults that there are.
func (s *Server) Hits() (n int) {
	s.control.Lock()
	defer s.control.Unlock()
	for _, f := range s.faults {
		n += f.hits
	}
	return n
}

// SetLatency makes every call wait this long before it is worked on.
func (s *Server) SetLatency(d time.Duration) {
	s.control.Lock()
	defer s.control.Unlock()
	s.latency = d
}

// SetRateLimit answers 429 with Retry-After (whole seconds) to Management API
// calls beyond n in each span of time; n = 0 lifts the limit.
func (s *Server) SetRateLimit(n int, per time.Duration) {
	s.control.Lock()
	defer s.control.Unlock()
	s.limit = rateLimit{n: n, per: per}
}

type rateLimit struct {
	n, used int
	per     time.Duration
	since   time.Time
}

// retryAfter counts a call and returns "" or, when it is one too many, the
// seconds until the next span.
func (l *rateLimit) retryAfter(now time.Time) string {
	if l.n <= 0 {
		return ""
	}
	if l.since.IsZero() || now.Sub(l.since) >= l.per {
		l.since, l.used = now, 0
	}
	l.used++
	if l.used <= l.n {
		return ""
	}
	left := l.since.Add(l.per).Sub(now)
	return strconv.Itoa(max(int((left+time.Second-1)/time.Second), 1))
}

// hit returns the fault that applies to a call, nil for none.
func (s *Server) hit(method, path string) *Fault {
	s.control.Lock()
	defer s.control.Unlock()
	for _, f := range s.faults {
		if f.Times > 0 && f.hits >= f.Times || !f.matches(method, path) {
			continue
		}
		if f.skipped < f.Skip {
			f.skipped++
			continue
		}
		f.hits++
		if f.Revoke {
			s.RevokeTokens()
		}
		return &f.Fault
	}
	return nil
}

func (f *Fault) matches(method, path string) bool {
	if f.Method != "" && f.Method != method {
		return false
	}
	if f.Path == "" {
		return path != discoveryPath
	}
	want, got := strings.Split(f.Path, "/"), strings.Split(strings.TrimSuffix(path, "/"), "/")
	if len(want) != len(got) {
		return false
	}
	for i := range want {
		if want[i] != "*" && want[i] != got[i] {
			return false
		}
	}
	return true
}

// answer is what the fault's status looks like on the wire.
func (f *Fault) answer() Reply {
	if f.Answer != nil {
		return f.Answer(Answer{Status: f.Status, Header: http.Header{}}).reply()
	}
	out := Reply{Status: f.Status, Header: http.Header{}}
	switch {
	case f.Body != "":
		out.Body = []byte(f.Body)
		out.Header.Set("Content-Type", "text/plain; charset=utf-8")
		if strings.HasPrefix(strings.TrimSpace(f.Body), "{") {
			out.Header.Set("Content-Type", "application/json; charset=utf-8")
		}
	case f.Status == http.StatusInternalServerError:
		out.Body = AppendJSON(nil, InternalError().body())
		out.Header.Set("Content-Type", "application/json; charset=utf-8")
	default:
		out.Body = []byte(http.StatusText(f.Status))
		out.Header.Set("Content-Type", "text/plain; charset=utf-8")
	}
	for key, values := range f.Header {
		out.Header[http.CanonicalHeaderKey(key)] = values
	}
	return out
}
