// SPDX-License-Identifier: MPL-2.0

package fakelogto

// groups lists the parts of the API. Seeds run in this order, so parents come first.
func groups() []group {
	return []group{
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

// seeded inserts rows of a fresh tenant, which nothing can refuse.
func seeded(db *store, c *collection, rows ...object) {
	for _, row := range rows {
		_, _ = db.insert(c, row)
	}
}
