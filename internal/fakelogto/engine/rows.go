// SPDX-License-Identifier: MPL-2.0

package engine

// Rows returns how many rows each collection has, those without any left out.
func (s *Server) Rows() map[string]int {
	s.data.Lock()
	defer s.data.Unlock()
	rows := map[string]int{}
	for c, t := range s.db.tables {
		if len(t.rows) > 0 {
			rows[c.Name] += len(t.rows)
		}
	}
	return rows
}
