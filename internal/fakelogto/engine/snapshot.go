// SPDX-License-Identifier: MPL-2.0

package engine

// Snapshot remembers the rows of the tenant and returns what puts them back, as
// often as it is called. Tokens, faults, counted calls and what the API
// remembers beside its rows stay as they are.
func (s *Server) Snapshot() (restore func()) {
	s.data.Lock()
	defer s.data.Unlock()
	kept := map[*Collection][]entry{}
	for c, t := range s.db.tables {
		// A stored row is never changed, so it can be shared with the snapshot.
		kept[c] = Map(t.order.entries(), func(e *entry) entry { return *e })
	}
	return func() {
		s.data.Lock()
		defer s.data.Unlock()
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
