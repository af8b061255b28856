// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// checkConnectorConfig is what a factory demands of a config before it is stored.
// What it returns is discarded: unknown keys are kept, defaults are not written.
func checkConnectorConfig(factoryID string, config object) error {
	guard, ok := connectorConfigs()[factoryID]
	if !ok {
		return nil
	}
	var is issues
	if _, result := guard.check(config, nil, &is); result == good {
		return nil
	}
	e := invalidInput(is, "config")
	e.code, e.message = "connector.invalid_config", "The config of the connector is not valid."
	return e
}

// texts makes fields of strings; a question mark makes one optional.
func texts(keys string) []field {
	return mapped(strings.Fields(keys), func(key string) field {
		if name, ok := strings.CutSuffix(key, "?"); ok {
			return maybe(name, str())
		}
		return required(key, str())
	})
}

func textShape(keys string) shape { return fields(texts(keys)...) }

func templateTypes() []string {
	return []string{
		"SignIn", "Register", "ForgotPassword", "OrganizationInvitation", "Generic", "UserPermissionValidation",
		"BindNewIdentifier", "MfaVerification", "BindMfa",
	}
}

// messageTemplates is a list that must hold the usage types.
func messageTemplates(item schema, usageTypes ...string) field {
	if len(usageTypes) == 0 {
		usageTypes = []string{"Register", "SignIn", "ForgotPassword", "Generic"}
	}
	return required("templates", refine(array(item), func(v any, at path, is *issues) {
		list, _ := v.([]any)
		given := map[string]bool{}
		for _, item := range list {
			o, _ := item.(object)
			given[o.str("usageType")] = true
		}
		absent := filtered(usageTypes, func(t string) bool { return !given[t] })
		if len(absent) > 0 {
			is.add(at, "custom", "Templates are missing: "+strings.Join(absent, ", "))
		}
	}))
}

// numberEnum is one of the numbers.
type numberEnum []float64

func (s numberEnum) check(v any, at path, is *issues) (any, outcome) {
	switch n := v.(type) {
	case float64:
		if slices.Contains(s, n) {
			return n, good
		}
		is.add(at, "invalid_enum_value", "This is none of the values")
	case string:
		is.add(at, "invalid_enum_value", "This is none of the values")
	default:
		is.wrongType(at, "number", v)
	}
	return nil, aborted
}

var emailPattern = regexp.MustCompile(`(?i)^[A-Z0-9_'+\-.]*[A-Z0-9_+-]@([A-Z0-9][A-Z0-9-]*\.)+[A-Z]{2,}$`)

// email is Zod's rule for addresses.
func (s strSchema) email() strSchema {
	return s.rule(strRule{func(text string) bool {
		return !strings.HasPrefix(text, ".") && !strings.Contains(text, "..") && emailPattern.MatchString(text)
	}, "email", "This is no email address"})
}

func messageType() schema { return nativeEnum("text/plain", "text/html") }

// connectorConfigs are the guards of the factories by their ID.
var connectorConfigs = sync.OnceValue(func() map[string]schema {
	client := textShape("clientId clientSecret scope?")
	appSecret := textShape("appId appSecret")
	usageContent := textShape("usageType content")
	mailText := textShape("usageType subject content")
	typedMail := func(key string, usage, kind schema) schema {
		return fields(required("usageType", usage), field{key, kind}, required("subject", str()), required("content", str()))
	}
	prompts := maybe("prompts", array(nativeEnum("none", "login", "consent", "select_account")))
	profileMap := maybe("profileMap", textShape("id? email? phone? name? avatar?"))
	oauth2 := fields(
		maybe("responseType", literal("code")),
		maybe("grantType", literal("authorization_code")),
		required("authorizationEndpoint", str()), required("tokenEndpoint", str()),
		required("clientId", str()), required("clientSecret", str()),
		maybe("tokenEndpointAuthMethod", enum("client_secret_basic", "client_secret_post", "client_secret_jwt")),
		maybe("clientSecretJwtSigningAlgorithm", enum("HS256", "HS384", "HS512")),
		maybe("scope", str()),
	)
	textOrList := union(str(), array(str()))
	textOrNumber := union(str(), num())
	out := map[string]schema{
		"aliyun-direct-mail": textShape("accessKeyId accessKeySecret").and(
			maybe("regionId", enum("cn-hangzhou", "ap-southeast-1", "ap-southeast-2", "eu-central-1", "us-east-1")),
			required("accountName", str()), maybe("fromAlias", str()), messageTemplates(mailText),
		),
		"aws-ses-mail": textShape("accessKeyId accessKeySecret region emailAddress? emailAddressIdentityArn?").
			and(messageTemplates(mailText)).
			and(texts("feedbackForwardingEmailAddress? feedbackForwardingEmailAddressIdentityArn? configurationSetName?")...),
		"http-email": textShape("endpoint authorization?"),
		"mailgun-email": fields(
			maybe("endpoint", str().url().rule(strRule{func(s string) bool {
				return strings.HasSuffix(s, ".mailgun.net")
			}, "endsWith", "This does not end with .mailgun.net"})),
			required("domain", str()), required("apiKey", str()), required("from", str()),
			required("deliveries", record(union(
				textShape("html text? subject? replyTo?"),
				textShape("template subject? replyTo?").and(maybe("variables", jsonObject())),
			))),
		),
		"mailjunky-email-service": textShape("apiKey fromEmail fromName?").and(
			messageTemplates(typedMail("type", nativeEnum(templateTypes()...), optional(messageType()))),
		),
		"postmark-mail": textShape("serverToken fromEmail").and(messageTemplates(textShape("usageType templateAlias"))),
		"sendgrid-email-service": textShape("apiKey fromEmail fromName?").and(
			messageTemplates(typedMail("type", str(), messageType())),
		),
		"smtp2go-email-service": fields(
			required("apiKey", str()), required("sender", str().email()), maybe("senderName", str()),
			messageTemplates(typedMail("type", nativeEnum(templateTypes()...), messageType())),
		),
		"simple-mail-transfer-protocol": smtpConfig(messageTemplates(typedMail("contentType", str(), messageType()))),

		"aliyun-short-message-auth-service": textShape("accessKeyId accessKeySecret signName").and(
			messageTemplates(textShape("usageType templateCode"), templateTypes()...),
		),
		"aliyun-short-message-service": textShape("accessKeyId accessKeySecret signName").and(
			messageTemplates(fields(
				maybe("type", numberEnum{0, 1, 2, 6, 7}), required("usageType", str()),
				required("templateCode", union(str(), textShape("china overseas"))),
			)),
			maybe("strictPhoneRegionNumberCheck", boolean()),
		),
		"gatewayapi-sms": textShape("endpoint apiToken sender").and(messageTemplates(usageContent)),
		"http-sms":       textShape("endpoint authorization?"),
		"smsaero-short-message-service": fields(
			required("email", str().email()), required("apiKey", str()), required("senderName", str()),
			messageTemplates(usageContent),
		),
		"smsbao-sms": fields(
			required("username", text1(0)), required("passwordOrApiKey", text1(0)), maybe("goodsId", text1(0)),
			required("templates", array(fields(
				required("usageType", nativeEnum(templateTypes()...)), required("content", text1(0)),
			)).nonEmpty()),
		),
		"tencent-short-message-service": textShape("accessKeyId accessKeySecret signName sdkAppId region").and(
			messageTemplates(textShape("usageType templateCode")),
		),
		"twilio-short-message-service": textShape("accountSID authToken fromMessagingServiceSID").and(
			maybe("disableRiskCheck", boolean()), messageTemplates(usageContent),
		),
		"vonage-sms": textShape("apiKey apiSecret brandName").and(messageTemplates(usageContent)),
		"whatsapp-short-message-service": textShape("accessToken phoneNumberId").and(
			messageTemplates(textShape("usageType templateName language?")),
		),
		"yunpian-sms": fields(
			required("apikey", str()), messageTemplates(usageContent),
			maybe("enableInternational", boolean()), maybe("unsupportedCountriesMsg", str()),
		),

		"alipay-native": fields(
			required("appId", str().max(16)), required("privateKey", str()), required("signType", enum("RSA", "RSA2")),
		),
		"alipay-web": fields(
			required("appId", str()), required("privateKey", str()), required("signType", enum("RSA", "RSA2")),
			maybe("charset", enum("gbk", "utf8")), maybe("scope", str()),
		),
		"apple-universal":   textShape("clientId scope?"),
		"azuread-universal": textShape("clientId clientSecret cloudInstance tenantId scopes?").and(prompts),
		"feishu-web":        appSecret,
		"google-universal": client.and(prompts, maybe("offlineAccess", boolean()), maybe("oneTap", fields(
			maybe("isEnabled", boolean()), maybe("autoSelect", boolean()),
			maybe("closeOnTapOutside", boolean()), maybe("itpSupport", boolean()),
		))),
		"kakao-universal": textShape("clientId clientSecret?"),
		"naver-universal": textShape("clientId clientSecret"),
		"oauth2": oauth2.and(
			required("userInfoEndpoint", str()), maybe("tokenEndpointResponseType", enum("query-string", "json")),
			profileMap, maybe("customConfig", record(str())),
		),
		"oidc": oauth2.and(
			required("scope", str()),
			maybe("acceptStringTypedBooleanClaims", boolean()), maybe("trustUnverifiedEmail", boolean()),
			required("idTokenVerificationConfig", fields(
				required("jwksUri", str()), maybe("issuer", textOrList), maybe("audience", textOrList),
				maybe("algorithms", array(str())), maybe("clockTolerance", textOrNumber), maybe("crit", record(boolean())),
				maybe("maxTokenAge", textOrNumber), maybe("subject", str()), maybe("typ", str()),
			)),
			maybe("authRequestOptionalConfig", textShape(
				"responseMode? display? prompt? maxAge? uiLocales? idTokenHint? loginHint? acrValues?",
			)),
			maybe("customConfig", record(str())),
		),
		"qq-universal":     client.and(maybe("redirectUri", str())),
		"saml":             samlConnectorConfig(profileMap),
		"wechat-native":    appSecret.and(maybe("universalLinks", str())),
		"wechat-web":       appSecret.and(maybe("scope", str())),
		"wecom-universal":  textShape("corpId appSecret scope? agentId"),
		"xiaomi-universal": client.and(maybe("redirectUri", str()), maybe("skipConfirm", boolean())),
	}
	for name := range strings.FieldsSeq("amazon discord facebook github gitlab huggingface kook line linkedin patreon slack x") {
		out[name+"-universal"] = client
	}
	out["dingtalk-web"] = client
	return out
})

func smtpConfig(templates field) schema {
	oauth := enum("oauth2", "OAuth2", "OAUTH2")
	auth := union(
		fields(maybe("user", str()), maybe("pass", str()), maybe("type", enum("login", "Login", "LOGIN"))).closed(),
		fields(
			maybe("type", oauth), required("user", str()),
			required("privateKey", union(str(), textShape("key passphrase"))), required("serviceClient", str()),
		),
		textShape("user clientId? clientSecret? refreshToken? accessToken? accessUrl?").
			and(maybe("type", oauth), maybe("expires", num())),
	)
	out := fields(
		required("host", str()), required("port", num()), required("auth", auth), required("fromEmail", str()),
		maybe("replyTo", str()), templates,
	)
	for key := range strings.FieldsSeq("logger debug disableFileAccess disableUrlAccess secure ignoreTLS requireTLS") {
		out = out.and(maybe(key, boolean()))
	}
	for key := range strings.FieldsSeq("connectionTimeout greetingTimeout socketTimeout dnsTimeout") {
		out = out.and(maybe(key, num()))
	}
	return out.and(texts("name? localAddress? servername?")...).
		and(maybe("tls", jsonObject()), maybe("customHeaders", record(union(str(), array(str())))))
}

func samlConnectorConfig(profileMap field) schema {
	body := textShape("entityID signInEndpoint? x509Certificate idpMetadataXml assertionConsumerServiceUrl").and(
		maybe("signAuthnRequest", boolean()),
		maybe("requestSignatureAlgorithm", enum(
			"http://www.w3.org/2000/09/xmldsig#rsa-sha1", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
			"http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
		)),
		maybe("messageSigningOrder", enum("sign-then-encrypt", "encrypt-then-sign")),
		maybe("encryptAssertion", boolean()),
	).and(texts("privateKey? privateKeyPass? encPrivateKey? encPrivateKeyPass?")...).and(
		maybe("nameIDFormat", enum(
			"urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified", "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
			"urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName",
			"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent", "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
		)),
		maybe("timeout", num()),
		maybe("authnRequestBinding", enum("HTTP-Redirect")), maybe("assertionBinding", enum("HTTP-POST")),
		profileMap,
	)
	return refine(body, func(v any, at path, is *issues) {
		config, _ := v.(object)
		for flag, key := range map[string]string{"signAuthnRequest": "privateKey", "encryptAssertion": "encPrivateKey"} {
			if config.flag(flag) && config.str(key) == "" {
				is.add(at, "custom", flag+" needs "+key)
			}
		}
	})
}
