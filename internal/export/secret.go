// SPDX-License-Identifier: MPL-2.0

package export

import (
	"cmp"
	"fmt"
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
}

// variables are the secrets of a configuration, with unique names.
type variables struct {
	all []variable
}

// add declares a variable for a secret, and returns a reference to it. path is where it
// is: the last names of it that are unique make its name.
func (v *variables) add(resource, name string, path []string, value string) expression {
	taken := func(candidate string) bool {
		return slices.ContainsFunc(v.all, func(other variable) bool { return other.name == candidate })
	}
	words := slices.Clone(path)
	for i := range words {
		words[i] = identifier(words[i], "secret")
	}
	kind := strings.TrimPrefix(strings.SplitN(resource, ".", 2)[0], "logto_")
	var candidates []string
	for from := len(words) - 1; from >= 0; from-- {
		candidates = append(candidates, name+"_"+strings.Join(words[from:], "_"))
	}
	candidates = append(candidates, kind+"_"+name+"_"+strings.Join(words, "_"))
	for n := 2; slices.IndexFunc(candidates, func(c string) bool { return !taken(c) }) < 0; n++ {
		candidates = append(candidates, fmt.Sprintf("%s_%d", candidates[len(path)], n))
	}
	chosen := candidates[slices.IndexFunc(candidates, func(c string) bool { return !taken(c) })]
	v.all = append(v.all, variable{name: chosen, of: resource, what: strings.Join(path, "."), value: value})
	return code("var." + chosen)
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
