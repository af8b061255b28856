// SPDX-License-Identifier: MPL-2.0

package api

import (
	"slices"
	"strings"
	"sync"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

// checkConnectorConfig is what a factory demands of a config before it is stored.
// What it returns is discarded: unknown keys are kept, defaults are not written.
func checkConnectorConfig(factoryID string, config engine.Object) error {
	guard, ok := connectorConfigs()[factoryID]
	if !ok {
		return nil
	}
	var is engine.Issues
	if _, result := guard.Check(config, nil, &is); result == engine.Good {
		return nil
	}
	e := engine.InvalidInput(is, "config")
	e.Code, e.Message = "connector.invalid_config", "The config of the connector is not valid."
	return e
}

// texts makes fields of strings; a question mark makes one optional.
func texts(keys string) []engine.Field {
	return engine.Map(strings.Fields(keys), func(key string) engine.Field {
		if name, ok := strings.CutSuffix(key, "?"); ok {
			return engine.Maybe(name, engine.String())
		}
		return engine.Required(key, engine.String())
	})
}

func textShape(keys string) engine.Shape { return engine.Fields(texts(keys)...) }

func templateTypes() []string {
	return []string{
		"SignIn", "Register", "ForgotPassword", "OrganizationInvitation", "Generic", "UserPermissionValidation",
		"BindNewIdentifier", "MfaVerification", "BindMfa",
	}
}

// messageTemplates is a list that must hold the usage types.
func messageTemplates(item engine.Schema, usageTypes ...string) engine.Field {
	if len(usageTypes) == 0 {
		usageTypes = []string{"Register", "SignIn", "ForgotPassword", "Generic"}
	}
	return engine.Required("templates", engine.Refine(engine.Array(item), func(v any, at engine.Path, is *engine.Issues) {
		list, _ := v.([]any)
		given := map[string]bool{}
		for _, item := range list {
			o, _ := item.(engine.Object)
			given[o.Str("usageType")] = true
		}
		absent := engine.Filter(usageTypes, func(t string) bool { return !given[t] })
		if len(absent) > 0 {
			is.Add(at, "custom", "Templates are missing: "+strings.Join(absent, ", "))
		}
	}))
}

// numberEnum is one of the numbers.
type numberEnum []float64

func (s numberEnum) Check(v any, at engine.Path, is *engine.Issues) (any, engine.Outcome) {
	switch n := v.(type) {
	case float64:
		if slices.Contains(s, n) {
			return n, engine.Good
		}
		is.Add(at, "invalid_enum_value", "This is none of the values")
	case string:
		is.Add(at, "invalid_enum_value", "This is none of the values")
	default:
		is.WrongType(at, "number", v)
	}
	return nil, engine.Aborted
}

func messageType() engine.Schema { return engine.NativeEnum("text/plain", "text/html") }

// connectorConfigs are the guards of the factories by their ID.
var connectorConfigs = sync.OnceValue(func() map[string]engine.Schema {
	client := textShape("clientId clientSecret scope?")
	appSecret := textShape("appId appSecret")
	usageContent := textShape("usageType content")
	mailText := textShape("usageType subject content")
	typedMail := func(key string, usage, kind engine.Schema) engine.Schema {
		return engine.Fields(engine.Required("usageType", usage), engine.Property(key, kind), engine.Required("subject", engine.String()), engine.Required("content", engine.String()))
	}
	prompts := engine.Maybe("prompts", engine.Array(engine.NativeEnum("none", "login", "consent", "select_account")))
	profileMap := engine.Maybe("profileMap", textShape("id? email? phone? name? avatar?"))
	oauth2 := engine.Fields(
		engine.Maybe("responseType", engine.Literal("code")),
		engine.Maybe("grantType", engine.Literal("authorization_code")),
		engine.Required("authorizationEndpoint", engine.String()), engine.Required("tokenEndpoint", engine.String()),
		engine.Required("clientId", engine.String()), engine.Required("clientSecret", engine.String()),
		engine.Maybe("tokenEndpointAuthMethod", engine.Enum("client_secret_basic", "client_secret_post", "client_secret_jwt")),
		engine.Maybe("clientSecretJwtSigningAlgorithm", engine.Enum("HS256", "HS384", "HS512")),
		engine.Maybe("scope", engine.String()),
	)
	textOrList := engine.Union(engine.String(), engine.Array(engine.String()))
	textOrNumber := engine.Union(engine.String(), engine.Number())
	out := map[string]engine.Schema{
		"aliyun-direct-mail": textShape("accessKeyId accessKeySecret").And(
			engine.Maybe("regionId", engine.Enum("cn-hangzhou", "ap-southeast-1", "ap-southeast-2", "eu-central-1", "us-east-1")),
			engine.Required("accountName", engine.String()), engine.Maybe("fromAlias", engine.String()), messageTemplates(mailText),
		),
		"aws-ses-mail": textShape("accessKeyId accessKeySecret region emailAddress? emailAddressIdentityArn?").
			And(messageTemplates(mailText)).
			And(texts("feedbackForwardingEmailAddress? feedbackForwardingEmailAddressIdentityArn? configurationSetName?")...),
		"http-email": textShape("endpoint authorization?"),
		"mailgun-email": engine.Fields(
			engine.Maybe("endpoint", engine.String().URL().Rule(func(s string) bool {
				return strings.HasSuffix(s, ".mailgun.net")
			}, "endsWith", "This does not end with .mailgun.net")),
			engine.Required("domain", engine.String()), engine.Required("apiKey", engine.String()), engine.Required("from", engine.String()),
			engine.Required("deliveries", engine.Record(engine.Union(
				textShape("html text? subject? replyTo?"),
				textShape("template subject? replyTo?").And(engine.Maybe("variables", engine.JSONObject())),
			))),
		),
		"mailjunky-email-service": textShape("apiKey fromEmail fromName?").And(
			messageTemplates(typedMail("type", engine.NativeEnum(templateTypes()...), engine.Optional(messageType()))),
		),
		"postmark-mail": textShape("serverToken fromEmail").And(messageTemplates(textShape("usageType templateAlias"))),
		"sendgrid-email-service": textShape("apiKey fromEmail fromName?").And(
			messageTemplates(typedMail("type", engine.String(), messageType())),
		),
		"smtp2go-email-service": engine.Fields(
			engine.Required("apiKey", engine.String()), engine.Required("sender", engine.String().Email()), engine.Maybe("senderName", engine.String()),
			messageTemplates(typedMail("type", engine.NativeEnum(templateTypes()...), messageType())),
		),
		"simple-mail-transfer-protocol": smtpConfig(messageTemplates(typedMail("contentType", engine.String(), messageType()))),

		"aliyun-short-message-auth-service": textShape("accessKeyId accessKeySecret signName").And(
			messageTemplates(textShape("usageType templateCode"), templateTypes()...),
		),
		"aliyun-short-message-service": textShape("accessKeyId accessKeySecret signName").And(
			messageTemplates(engine.Fields(
				engine.Maybe("type", numberEnum{0, 1, 2, 6, 7}), engine.Required("usageType", engine.String()),
				engine.Required("templateCode", engine.Union(engine.String(), textShape("china overseas"))),
			)),
			engine.Maybe("strictPhoneRegionNumberCheck", engine.Boolean()),
		),
		"gatewayapi-sms": textShape("endpoint apiToken sender").And(messageTemplates(usageContent)),
		"http-sms":       textShape("endpoint authorization?"),
		"smsaero-short-message-service": engine.Fields(
			engine.Required("email", engine.String().Email()), engine.Required("apiKey", engine.String()), engine.Required("senderName", engine.String()),
			messageTemplates(usageContent),
		),
		"smsbao-sms": engine.Fields(
			engine.Required("username", engine.Text(0)), engine.Required("passwordOrApiKey", engine.Text(0)), engine.Maybe("goodsId", engine.Text(0)),
			engine.Required("templates", engine.Array(engine.Fields(
				engine.Required("usageType", engine.NativeEnum(templateTypes()...)), engine.Required("content", engine.Text(0)),
			)).NonEmpty()),
		),
		"tencent-short-message-service": textShape("accessKeyId accessKeySecret signName sdkAppId region").And(
			messageTemplates(textShape("usageType templateCode")),
		),
		"twilio-short-message-service": textShape("accountSID authToken fromMessagingServiceSID").And(
			engine.Maybe("disableRiskCheck", engine.Boolean()), messageTemplates(usageContent),
		),
		"vonage-sms": textShape("apiKey apiSecret brandName").And(messageTemplates(usageContent)),
		"whatsapp-short-message-service": textShape("accessToken phoneNumberId").And(
			messageTemplates(textShape("usageType templateName language?")),
		),
		"yunpian-sms": engine.Fields(
			engine.Required("apikey", engine.String()), messageTemplates(usageContent),
			engine.Maybe("enableInternational", engine.Boolean()), engine.Maybe("unsupportedCountriesMsg", engine.String()),
		),

		"alipay-native": engine.Fields(
			engine.Required("appId", engine.String().Max(16)), engine.Required("privateKey", engine.String()), engine.Required("signType", engine.Enum("RSA", "RSA2")),
		),
		"alipay-web": engine.Fields(
			engine.Required("appId", engine.String()), engine.Required("privateKey", engine.String()), engine.Required("signType", engine.Enum("RSA", "RSA2")),
			engine.Maybe("charset", engine.Enum("gbk", "utf8")), engine.Maybe("scope", engine.String()),
		),
		"apple-universal":   textShape("clientId scope?"),
		"azuread-universal": textShape("clientId clientSecret cloudInstance tenantId scopes?").And(prompts),
		"feishu-web":        appSecret,
		"google-universal": client.And(prompts, engine.Maybe("offlineAccess", engine.Boolean()), engine.Maybe("oneTap", engine.Fields(
			engine.Maybe("isEnabled", engine.Boolean()), engine.Maybe("autoSelect", engine.Boolean()),
			engine.Maybe("closeOnTapOutside", engine.Boolean()), engine.Maybe("itpSupport", engine.Boolean()),
		))),
		"kakao-universal": textShape("clientId clientSecret?"),
		"naver-universal": textShape("clientId clientSecret"),
		"oauth2": oauth2.And(
			engine.Required("userInfoEndpoint", engine.String()), engine.Maybe("tokenEndpointResponseType", engine.Enum("query-string", "json")),
			profileMap, engine.Maybe("customConfig", engine.Record(engine.String())),
		),
		"oidc": oauth2.And(
			engine.Required("scope", engine.String()),
			engine.Maybe("acceptStringTypedBooleanClaims", engine.Boolean()), engine.Maybe("trustUnverifiedEmail", engine.Boolean()),
			engine.Required("idTokenVerificationConfig", engine.Fields(
				engine.Required("jwksUri", engine.String()), engine.Maybe("issuer", textOrList), engine.Maybe("audience", textOrList),
				engine.Maybe("algorithms", engine.Array(engine.String())), engine.Maybe("clockTolerance", textOrNumber), engine.Maybe("crit", engine.Record(engine.Boolean())),
				engine.Maybe("maxTokenAge", textOrNumber), engine.Maybe("subject", engine.String()), engine.Maybe("typ", engine.String()),
			)),
			engine.Maybe("authRequestOptionalConfig", textShape(
				"responseMode? display? prompt? maxAge? uiLocales? idTokenHint? loginHint? acrValues?",
			)),
			engine.Maybe("customConfig", engine.Record(engine.String())),
		),
		"qq-universal":     client.And(engine.Maybe("redirectUri", engine.String())),
		"saml":             samlConnectorConfig(profileMap),
		"wechat-native":    appSecret.And(engine.Maybe("universalLinks", engine.String())),
		"wechat-web":       appSecret.And(engine.Maybe("scope", engine.String())),
		"wecom-universal":  textShape("corpId appSecret scope? agentId"),
		"xiaomi-universal": client.And(engine.Maybe("redirectUri", engine.String()), engine.Maybe("skipConfirm", engine.Boolean())),
	}
	for name := range strings.FieldsSeq("amazon discord facebook github gitlab huggingface kook line linkedin patreon slack x") {
		out[name+"-universal"] = client
	}
	out["dingtalk-web"] = client
	return out
})

func smtpConfig(templates engine.Field) engine.Schema {
	oauth := engine.Enum("oauth2", "OAuth2", "OAUTH2")
	auth := engine.Union(
		engine.Fields(engine.Maybe("user", engine.String()), engine.Maybe("pass", engine.String()), engine.Maybe("type", engine.Enum("login", "Login", "LOGIN"))).Closed(),
		engine.Fields(
			engine.Maybe("type", oauth), engine.Required("user", engine.String()),
			engine.Required("privateKey", engine.Union(engine.String(), textShape("key passphrase"))), engine.Required("serviceClient", engine.String()),
		),
		textShape("user clientId? clientSecret? refreshToken? accessToken? accessUrl?").
			And(engine.Maybe("type", oauth), engine.Maybe("expires", engine.Number())),
	)
	out := engine.Fields(
		engine.Required("host", engine.String()), engine.Required("port", engine.Number()), engine.Required("auth", auth), engine.Required("fromEmail", engine.String()),
		engine.Maybe("replyTo", engine.String()), templates,
	)
	for key := range strings.FieldsSeq("logger debug disableFileAccess disableUrlAccess secure ignoreTLS requireTLS") {
		out = out.And(engine.Maybe(key, engine.Boolean()))
	}
	for key := range strings.FieldsSeq("connectionTimeout greetingTimeout socketTimeout dnsTimeout") {
		out = out.And(engine.Maybe(key, engine.Number()))
	}
	return out.And(texts("name? localAddress? servername?")...).
		And(engine.Maybe("tls", engine.JSONObject()), engine.Maybe("customHeaders", engine.Record(engine.Union(engine.String(), engine.Array(engine.String())))))
}

func samlConnectorConfig(profileMap engine.Field) engine.Schema {
	body := textShape("entityID signInEndpoint? x509Certificate idpMetadataXml assertionConsumerServiceUrl").And(
		engine.Maybe("signAuthnRequest", engine.Boolean()),
		engine.Maybe("requestSignatureAlgorithm", engine.Enum(
			"http://www.w3.org/2000/09/xmldsig#rsa-sha1", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
			"http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
		)),
		engine.Maybe("messageSigningOrder", engine.Enum("sign-then-encrypt", "encrypt-then-sign")),
		engine.Maybe("encryptAssertion", engine.Boolean()),
	).And(texts("privateKey? privateKeyPass? encPrivateKey? encPrivateKeyPass?")...).And(
		engine.Maybe("nameIDFormat", engine.Enum(
			"urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified", "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
			"urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName",
			"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent", "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
		)),
		engine.Maybe("timeout", engine.Number()),
		engine.Maybe("authnRequestBinding", engine.Enum("HTTP-Redirect")), engine.Maybe("assertionBinding", engine.Enum("HTTP-POST")),
		profileMap,
	)
	return engine.Refine(body, func(v any, at engine.Path, is *engine.Issues) {
		config, _ := v.(engine.Object)
		for flag, key := range map[string]string{"signAuthnRequest": "privateKey", "encryptAssertion": "encPrivateKey"} {
			if config.Flag(flag) && config.Str(key) == "" {
				is.Add(at, "custom", flag+" needs "+key)
			}
		}
	})
}
