// SPDX-License-Identifier: MPL-2.0

package fakelogto

// Snapshot remembers the rows of the tenant and returns what puts them back, as
// often as it is called. Tokens, faults and counted calls stay as they are.
func (s *Server) Snapshot() (restore func()) {
	s.data.Lock()
	defer s.data.Unlock()
	kept := map[*collection][]entry{}
	for c, t := range s.db.tables {
		// A stored row is never changed, so it can be shared with the snapshot.
		kept[c] = mapped(t.order.entries(), func(e *entry) entry { return *e })
	}
	defaulted := s.defaulted
	return func() {
		s.data.Lock()
		defer s.data.Unlock()
		s.defaulted = defaulted
		for c, rows := range kept {
			t := s.db.tables[c]
			for _, e := range t.order.entries() {
				s.db.drop(t, e)
			}
			for _, e := range rows {
				s.db.put(t, &e)
			}
		}
	}
}
