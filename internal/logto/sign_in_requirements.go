// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
)

// check is an [InputError] when what differs between from and to needs an object that the
// tenant does not have. It calls GET /connectors, GET /captcha-provider and GET
// /custom-profile-fields, each only where something of to needs it.
func (s *SignInExperiences) check(ctx context.Context, from, to SignInExperience) error {
	for _, check := range []func(context.Context, SignInExperience, SignInExperience) ([]Issue, error){
		s.checkConnectors, s.checkCaptcha, s.checkProfileFields,
	} {
		issues, err := check(ctx, from, to)
		if err != nil {
			return err
		}
		if len(issues) > 0 {
			return &InputError{Issues: issues}
		}
	}
	return nil
}

// codeFactors are the types of connectors that send the codes of MFA factors.
var codeFactors = map[string]string{"EmailVerificationCode": EmailConnector, "PhoneVerificationCode": SMSConnector}

// checkConnectors finds social targets that no connector has, which the API leaves out,
// and MFA factors whose codes nobody sends: users who have such a factor, as everybody
// with an email address has, could not sign in any more.
func (s *SignInExperiences) checkConnectors(ctx context.Context, from, to SignInExperience) (issues []Issue, err error) {
	targets := to.SocialSignInConnectorTargets
	if slices.Equal(from.SocialSignInConnectorTargets, targets) {
		targets = nil
	}
	factors := slices.DeleteFunc(to.MFA.factors(), func(f string) bool { return codeFactors[f] == "" || slices.Contains(from.MFA.factors(), f) })
	if len(targets) == 0 && len(factors) == 0 {
		return nil, nil
	}
	all, err := s.c.list(ctx, listing{path: path("connectors")})
	if err != nil {
		return nil, err
	}
	social, types := map[string]bool{}, map[string]bool{}
	for _, o := range all {
		var x struct{ Type, Target string }
		if err := json.Unmarshal(o, &x); err != nil {
			return nil, err
		}
		types[x.Type] = true
		social[x.Target] = social[x.Target] || x.Type == "Social"
	}
	for i, target := range targets {
		if !social[target] {
			issues = append(issues, Issue{
				Path: []any{"socialSignInConnectorTargets", float64(i)},
				Message: fmt.Sprintf("No social connector has the target %q, so Logto would leave it out. "+
					"Create the connector first: refer to its target attribute, or to the connector in depends_on.", target),
			})
		}
	}
	for _, factor := range factors {
		if kind := codeFactors[factor]; !types[kind] {
			issues = append(issues, Issue{
				Path: []any{"mfa", "factors"},
				Message: fmt.Sprintf("The factor %s needs a connector of type %s, and the tenant has none: users with this factor could not sign in. "+
					"Create the connector first: refer to it in depends_on.", factor, kind),
			})
		}
	}
	return issues, nil
}

// factors are those of a copy, so that a caller can change them.
func (m *MFA) factors() []string {
	if m == nil {
		return nil
	}
	return slices.Clone(m.Factors)
}

// checkCaptcha finds that nobody could answer a captcha: Logto then rejects every sign-in
// with a password or a code.
func (s *SignInExperiences) checkCaptcha(ctx context.Context, from, to SignInExperience) ([]Issue, error) {
	if !to.CaptchaPolicy.isOn() || from.CaptchaPolicy.isOn() {
		return nil, nil
	}
	_, err := s.c.CaptchaProvider().Get(ctx, nil)
	if !IsNotFound(err) {
		return nil, err
	}
	return []Issue{{
		Path: []any{"captchaPolicy", "enabled"},
		Message: "The tenant has no captcha provider, so no user could answer a captcha, and Logto would reject every sign-in. " +
			"Create a logto_captcha_provider first: refer to it in depends_on.",
	}}, nil
}

func (s *Switch) isOn() bool { return s != nil && s.Enabled != nil && *s.Enabled }

// checkProfileFields finds names that no custom profile field has.
func (s *SignInExperiences) checkProfileFields(ctx context.Context, from, to SignInExperience) ([]Issue, error) {
	return s.c.missingFields(ctx, "signUpProfileFields", from.SignUpProfileFields, to.SignUpProfileFields)
}

// missingFields are names, under a key of the request, that no custom profile field has:
// the API leaves them out or answers an error without the name. It calls GET
// /custom-profile-fields where there is another name than before.
func (c *Client) missingFields(ctx context.Context, key string, from, to []ProfileFieldName) (issues []Issue, err error) {
	if len(to) == 0 || slices.Equal(from, to) {
		return nil, nil
	}
	all, err := c.ProfileFields().Search(ctx, nil, nil)
	if err != nil {
		return nil, err
	}
	for i, field := range to {
		if !slices.ContainsFunc(all, func(f ProfileField) bool { return f.Name == field.Name }) {
			issues = append(issues, Issue{
				Path: []any{key, float64(i)},
				Message: fmt.Sprintf("There is no custom profile field with the name %q, so Logto would leave it out. "+
					"Create the field first: refer to the name attribute of its logto_custom_profile_field.", field.Name),
			})
		}
	}
	return issues, nil
}
