// SPDX-License-Identifier: MPL-2.0

package engine

// Links describes a relation that Logto serves with its generated routes.
type Links struct {
	Of     *Collection
	Parent string // column; the {id} of the path
	Child  string // column; plus "s" the list in the body
	To     *Collection
	Found  func(db *Store, id string) error // refuses to list for a missing parent
}

// LinkRoutes registers the list, the addition (what is there already is ignored),
// the replacement (the same child twice is a unique violation; nothing at all is
// fine even for a missing parent) and the removal of links.
func LinkRoutes(r *Routes, path string, l Links) {
	body := l.Child + "s"
	r.Get(path, func(c *Context) (any, error) {
		id := c.Param("id")
		if err := l.Found(c.DB, id); err != nil {
			return nil, err
		}
		return c.List(Linked(c.DB, l.Of, l.Parent, id, l.Child, l.To))
	}).Paged(OptionalPages)
	r.Post(path, 201, func(c *Context) (any, error) {
		in, err := c.Input(Fields(Required(body, IDs().NonEmpty())))
		if err != nil {
			return nil, err
		}
		return nil, c.DB.LinkAll(l.Of, Object{{l.Parent, c.Param("id")}}, l.Child, in.Strs(body))
	})
	r.Put(path, 204, func(c *Context) (any, error) {
		in, err := c.Input(Fields(Required(body, IDs())))
		if err != nil {
			return nil, err
		}
		id := c.Param("id")
		return nil, c.DB.Replace(l.Of, l.Parent, id, LinkRows(Object{{l.Parent, id}}, l.Child, in.Strs(body)))
	})
	r.Delete(path+"/{"+l.Child+"}", func(c *Context) (any, error) {
		return nil, c.DB.Remove(l.Of, KeyValues(Object{{l.Parent, c.Param("id")}, {l.Child, c.Param(l.Child)}}, l.Of.keyColumns())...)
	})
}

// LinkAll is link that adds everything or nothing.
func (db *Store) LinkAll(of *Collection, fixed Object, column string, values []string) error {
	return db.Atomically(func() error { return db.Link(of, fixed, column, values) })
}

// LinkRows are the rows of a relation: fixed columns and one value each of the last.
func LinkRows(fixed Object, column string, values []string) []Object {
	return Map(values, func(value string) Object { return fixed.With(column, value) })
}

// Linked returns the rows at the other end of the links whose column has the value.
func Linked(db *Store, of *Collection, column, value, child string, to *Collection) []Object {
	return Map(db.Where(of, column, value), func(link Object) Object {
		row, _ := db.Find(to, link.Str(child))
		return row
	})
}
