// SPDX-License-Identifier: MPL-2.0

package export

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// variable is a secret that a person gives.
type variable struct {
	name  string
	of    string // the address of the resource
	what  string // what it is of the resource
	value string // what Logto shows of it
	// values is set instead of value for a map of secrets.
	values map[string]string
}

// variables are the secrets of a configuration, with unique names.
type variables struct {
	all []variable
}

// add declares a variable for a secret, and returns a reference to it. path is where it
// is: the last names of it that are unique make its name.
func (v *variables) add(i *instance, path []string, value string, values map[string]string) expression {
	taken := func(candidate string) bool {
		return slices.ContainsFunc(v.all, func(other variable) bool { return other.name == candidate })
	}
	words := slices.Clone(path)
	for i := range words {
		words[i] = identifier(words[i], "secret")
	}
	kind, name := strings.TrimPrefix(i.kind.TypeName(), "logto_"), i.name
	if i.kind.AtMostOne() {
		name = kind
	}
	var candidates []string
	for from := range slices.Backward(words) {
		candidates = append(candidates, name+"_"+strings.Join(words[from:], "_"))
	}
	candidates = append(candidates, kind+"_"+name+"_"+strings.Join(words, "_"))
	for n := 2; slices.IndexFunc(candidates, func(c string) bool { return !taken(c) }) < 0; n++ {
		candidates = append(candidates, fmt.Sprintf("%s_%d", candidates[len(path)], n))
	}
	chosen := candidates[slices.IndexFunc(candidates, func(c string) bool { return !taken(c) })]
	v.all = append(v.all, variable{name: chosen, of: i.address(), what: strings.Join(path, "."), value: value, values: values})
	return code("var." + chosen)
}

func (v variable) kind() string {
	if v.values != nil {
		return "map(string)"
	}
	return "string"
}

// expression is a value for the variable, made of what Logto shows of it.
func (v variable) expression(of func(string) string) expression {
	if v.values == nil {
		return text(of(v.value))
	}
	o := object{}
	for _, name := range slices.Sorted(maps.Keys(v.values)) {
		o = append(o, item{name, text(of(v.values[name]))})
	}
	return o
}

// sorted are the variables in the order of their names.
func (v *variables) sorted() []variable {
	return slices.SortedFunc(slices.Values(v.all), func(a, b variable) int { return cmp.Compare(a.name, b.name) })
}

// Settings in free JSON do not say which of them are secret. Of the strings in them only
// those are none that are known to be public: what a browser or everybody who receives a
// message sees, and what a provider's documentation calls an identifier.
var (
	publicNames = []string{
		"accesskeyid", "accesstype", "accountsid", "appid", "clientid", "configurationsetname", "corpid", "displayname", "domain", "email", "emailaddress",
		"endpoint", "entityid", "feedbackforwardingemailaddress", "from", "fromalias", "fromemail", "frommessagingservicesid", "fromname", "goodsid", "host",
		"idpmetadataxml", "issuer", "localaddress", "messagesigningorder", "name", "phonenumberid", "prompts", "provider", "region", "regionid", "replyto",
		"resource", "scope", "scopes", "sdkappid", "sender", "sendername", "serviceclient", "servername", "signname", "tenantid", "type", "universallinks",
		"unsupportedcountriesmsg", "user", "username", "x509certificate",
	}
	publicEnds  = []string{"algorithm", "arn", "endpoint", "format", "method", "type", "uri", "url"}
	publicTrees = []string{"customconfig", "deliveries", "idtokenverificationconfig", "profilemap", "templates"}
)

// isSecret reports whether a string at a path of settings may be a secret.
func isSecret(path []string, value string) bool {
	if value == "" {
		return false
	}
	if u, err := url.Parse(value); err == nil && u.User != nil {
		return true // a URL can have a password in it
	}
	for _, name := range path {
		if slices.Contains(publicTrees, strings.ToLower(name)) {
			return false
		}
	}
	last := strings.ToLower(path[len(path)-1])
	return !slices.Contains(publicNames, last) && !slices.ContainsFunc(publicEnds, func(end string) bool { return strings.HasSuffix(last, end) })
}
