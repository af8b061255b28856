// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	_ "embed"
	"slices"
	"sync"
)

const (
	socialType = "Social"
	emailType  = "Email"
	smsType    = "Sms"
)

// The factories as the API lists them, without what Logto says about them: logos,
// readmes, descriptions, placeholders and sample texts.
//
//go:embed connector_factories.json
var factoryJSON string

// aLogo and aText stand for the logos and texts that are left out.
const (
	aLogo = "data:image/svg+xml;base64,PHN2Zy8+"
	aText = "A text of Logto's own."
)

// connectorFactory is one kind of connector. Its view is the answer of the API.
type connectorFactory struct {
	id, kind, target string
	platform         any // null for Email and Sms
	standard, tokens bool
	view             object
}

var connectorFactories = sync.OnceValue(func() []connectorFactory {
	parsed, _ := decodeJSON([]byte(factoryJSON)) // a broken file leaves no factories, which tests notice
	list, _ := parsed.([]any)
	return mapped(list, func(v any) connectorFactory {
		raw, _ := v.(object)
		view := object{}
		for _, m := range raw {
			switch m.key {
			case "logoDark":
				view = append(view, member{"description", object{{"en", aText}}}, member{"logo", aLogo})
				if m.value != nil {
					m.value = aLogo
				}
				view = append(view, m, member{"readme", aText})
			case "formItems":
				view = append(view, member{m.key, mapped(raw.list(m.key), formItemView)})
			default:
				view = append(view, m)
			}
		}
		return connectorFactory{
			id: raw.str("id"), kind: raw.str("type"), target: raw.str("target"), platform: raw.get("platform"),
			standard: raw.flag("isStandard"), tokens: raw.flag("isTokenStorageSupported"), view: view,
		}
	})
})

// formItemView fills in the texts of a form item.
func formItemView(v any) any {
	item, _ := v.(object)
	return object(mapped(item, func(m member) member {
		if slices.Contains([]string{"description", "placeholder", "tooltip"}, m.key) {
			m.value = aText
		}
		return m
	}))
}

func findFactory(id string) (connectorFactory, bool) {
	all := connectorFactories()
	i := slices.IndexFunc(all, func(f connectorFactory) bool { return f.id == id })
	if i < 0 {
		return connectorFactory{}, false
	}
	return all[i], true
}

// newerFactories names the version from which Logto has a factory, where 1.37 lacks it.
func newerFactories() map[string]string {
	return map[string]string{
		"whatsapp-short-message-service":    "1.39",
		"aliyun-short-message-auth-service": "1.40", "mailjunky-email-service": "1.40", "smsbao-sms": "1.40",
		"smtp2go-email-service": "1.41",
	}
}

// factory finds a factory that the tenant's Logto has.
func (s *Server) factory(id string) (connectorFactory, bool) {
	if version, ok := newerFactories()[id]; ok && s.before(version) {
		return connectorFactory{}, false
	}
	return findFactory(id)
}

func factoryRoutes(r *routes) {
	r.get("/connector-factories", func(c *call) (any, error) {
		all := filtered(connectorFactories(), func(f connectorFactory) bool { _, ok := c.server.factory(f.id); return ok })
		return mapped(all, func(f connectorFactory) object { return f.view }), nil
	})
	r.get("/connector-factories/{id}", func(c *call) (any, error) {
		f, ok := c.server.factory(c.param("id"))
		if !ok {
			return nil, notFound()
		}
		return f.view, nil
	})
}
