// SPDX-License-Identifier: MPL-2.0

package api

import "github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"

// groups lists the parts of the API. Seeds run in this order, so parents come first.
func groups() []engine.Group {
	return []engine.Group{
		resourceGroup(),
		roleGroup(),
		userGroup(),
		userTokenGroup(),
		ssoGroup(),
		organizationTemplateGroup(),
		organizationGroup(),
		applicationGroup(),
		cimdGroup(),
		samlGroup(),
		hookGroup(),
		domainGroup(),
		connectorGroup(),
		signInExperienceGroup(),
		captchaGroup(),
		configGroup(),
		operationGroup(),
		wellKnownGroup(),
		tenantGroup(),
	}
}

// NewServer returns a tenant as a fresh Logto OSS has it, plus the application AppID.
func NewServer() *engine.Server {
	s := engine.New(groups(), engine.OIDC{Audience: Resource, Discovery: discovery, Authorize: authorization, Token: token})
	s.Locked(func(db *engine.Store) { db.State = &state{} })
	return s
}

// state is what a tenant remembers beside its rows. Like them it is used under the lock.
type state struct {
	defaulted defaulted
	// cloud, domainStatus and domainMessage are for what only Logto Cloud has.
	cloud, storage              bool
	domainStatus, domainMessage string
}

// defaulted is the API resource that became the default last, and when.
type defaulted struct {
	id string
	at int64
}

func stateOf(db *engine.Store) *state {
	s, _ := db.State.(*state)
	return s
}
