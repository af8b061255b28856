// SPDX-License-Identifier: MPL-2.0

package api

import (
	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"

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
	aLogo   = "data:image/svg+xml;base64,PHN2Zy8+"
	AnyText = "A text of Logto's own."
)

// connectorFactory is one kind of connector. Its view is the answer of the API.
type connectorFactory struct {
	id, kind, target string
	platform         any // null for Email and Sms
	standard, tokens bool
	view             engine.Object
}

var connectorFactories = sync.OnceValue(func() []connectorFactory {
	parsed, _ := engine.DecodeJSON([]byte(factoryJSON)) // a broken file leaves no factories, which tests notice
	list, _ := parsed.([]any)
	return engine.Map(list, func(v any) connectorFactory {
		raw, _ := v.(engine.Object)
		view := engine.Object{}
		for _, m := range raw {
			switch m.Key {
			case "logoDark":
				view = append(view, engine.Member{"description", engine.Object{{"en", AnyText}}}, engine.Member{"logo", aLogo})
				if m.Value != nil {
					m.Value = aLogo
				}
				view = append(view, m, engine.Member{"readme", AnyText})
			case "formItems":
				view = append(view, engine.Member{m.Key, engine.Map(raw.List(m.Key), formItemView)})
			default:
				view = append(view, m)
			}
		}
		return connectorFactory{
			id: raw.Str("id"), kind: raw.Str("type"), target: raw.Str("target"), platform: raw.Get("platform"),
			standard: raw.Flag("isStandard"), tokens: raw.Flag("isTokenStorageSupported"), view: view,
		}
	})
})

// formItemView fills in the texts of a form item.
func formItemView(v any) any {
	item, _ := v.(engine.Object)
	return engine.Object(engine.Map(item, func(m engine.Member) engine.Member {
		if slices.Contains([]string{"description", "placeholder", "tooltip"}, m.Key) {
			m.Value = AnyText
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
func factoryOf(s *engine.Server, id string) (connectorFactory, bool) {
	if version, ok := newerFactories()[id]; ok && s.Before(version) {
		return connectorFactory{}, false
	}
	return findFactory(id)
}

func factoryRoutes(r *engine.Routes) {
	r.Get("/connector-factories", func(c *engine.Context) (any, error) {
		all := engine.Filter(connectorFactories(), func(f connectorFactory) bool { _, ok := factoryOf(c.Server, f.id); return ok })
		return engine.Map(all, func(f connectorFactory) engine.Object { return f.view }), nil
	})
	r.Get("/connector-factories/{id}", func(c *engine.Context) (any, error) {
		f, ok := factoryOf(c.Server, c.Param("id"))
		if !ok {
			return nil, engine.NotFound()
		}
		return f.view, nil
	})
}
