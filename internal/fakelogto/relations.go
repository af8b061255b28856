// SPDX-License-Identifier: MPL-2.0

package fakelogto

// links describes a relation that Logto serves with its generated routes.
type links struct {
	of     *collection
	parent string // column; the {id} of the path
	child  string // column; plus "s" the list in the body
	to     *collection
	found  func(db *store, id string) error // refuses to list for a missing parent
}

// linkRoutes registers the list, the addition (what is there already is ignored),
// the replacement (the same child twice is a unique violation; nothing at all is
// fine even for a missing parent) and the removal of links.
func linkRoutes(r *routes, path string, l links) {
	body := l.child + "s"
	r.get(path, func(c *call) (any, error) {
		id := c.param("id")
		if err := l.found(c.db, id); err != nil {
			return nil, err
		}
		return c.list(linked(c.db, l.of, l.parent, id, l.child, l.to))
	}).paged(optionalPages)
	r.post(path, 201, func(c *call) (any, error) {
		in, err := c.input(fields(required(body, ids().nonEmpty())))
		if err != nil {
			return nil, err
		}
		return nil, c.db.linkAll(l.of, object{{l.parent, c.param("id")}}, l.child, in.strs(body))
	})
	r.put(path, 204, func(c *call) (any, error) {
		in, err := c.input(fields(required(body, ids())))
		if err != nil {
			return nil, err
		}
		id := c.param("id")
		return nil, c.db.replace(l.of, l.parent, id, linkRows(object{{l.parent, id}}, l.child, in.strs(body)))
	})
	r.delete(path+"/{"+l.child+"}", func(c *call) (any, error) {
		return nil, c.db.remove(l.of, keyValues(object{{l.parent, c.param("id")}, {l.child, c.param(l.child)}}, l.of.keyColumns())...)
	})
}

// linkAll is link that adds everything or nothing.
func (db *store) linkAll(of *collection, fixed object, column string, values []string) error {
	return db.atomically(func() error { return db.link(of, fixed, column, values) })
}

// linkRows are the rows of a relation: fixed columns and one value each of the last.
func linkRows(fixed object, column string, values []string) []object {
	return mapped(values, func(value string) object { return fixed.with(column, value) })
}

// linked returns the rows at the other end of the links whose column has the value.
func linked(db *store, of *collection, column, value, child string, to *collection) []object {
	return mapped(db.where(of, column, value), func(link object) object {
		row, _ := db.find(to, link.str(child))
		return row
	})
}
