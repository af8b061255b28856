// SPDX-License-Identifier: MPL-2.0

package connector_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

// templates are message templates of the four types that every factory asks for.
const templates = `
locals {
  uses = ["Register", "SignIn", "ForgotPassword", "Generic"]
  all  = concat(local.uses, ["OrganizationInvitation", "UserPermissionValidation", "BindNewIdentifier", "MfaVerification", "BindMfa"])
  mail = [for use in local.uses : { usageType = use, subject = "Your code", content = "{{code}}" }]
  text = [for use in local.uses : { usageType = use, content = "{{code}}" }]
}
`

const clientPair = `clientId = "id", clientSecret = "secret"`

// socialConfigs, emailConfigs and smsConfigs have the least that each factory takes.
var (
	socialConfigs = map[string]string{
		"alipay-native":         `appId = "2021000000000000", privateKey = "key", signType = "RSA2"`,
		"alipay-web":            `appId = "2021000000000000", privateKey = "key", signType = "RSA2"`,
		"amazon-universal":      clientPair,
		"apple-universal":       `clientId = "id"`,
		"azuread-universal":     clientPair + `, cloudInstance = "https://login.microsoftonline.com", tenantId = "common"`,
		"dingtalk-web":          clientPair,
		"discord-universal":     clientPair,
		"facebook-universal":    clientPair,
		"feishu-web":            `appId = "id", appSecret = "secret"`,
		"github-universal":      clientPair,
		"gitlab-universal":      clientPair,
		"google-universal":      clientPair,
		"huggingface-universal": clientPair,
		"kakao-universal":       `clientId = "id"`,
		"kook-universal":        clientPair,
		"line-universal":        clientPair,
		"linkedin-universal":    clientPair,
		"naver-universal":       clientPair,
		"oauth2":                clientPair + `, authorizationEndpoint = "https://idp.example/auth", tokenEndpoint = "https://idp.example/token", userInfoEndpoint = "https://idp.example/me"`,
		"oidc":                  clientPair + `, authorizationEndpoint = "https://idp.example/auth", tokenEndpoint = "https://idp.example/token", scope = "openid", idTokenVerificationConfig = { jwksUri = "https://idp.example/jwks" }`,
		"patreon-universal":     clientPair,
		"qq-universal":          clientPair,
		"saml":                  `entityID = "logto", x509Certificate = "certificate", idpMetadataXml = "<x/>", assertionConsumerServiceUrl = "https://auth.example/acs"`,
		"slack-universal":       clientPair,
		"wechat-native":         `appId = "id", appSecret = "secret"`,
		"wechat-web":            `appId = "id", appSecret = "secret"`,
		"wecom-universal":       `corpId = "corp", appSecret = "secret", agentId = "1000002"`,
		"x-universal":           clientPair,
		"xiaomi-universal":      clientPair,
	}
	emailConfigs = map[string]string{
		"aliyun-direct-mail":            `accessKeyId = "id", accessKeySecret = "secret", accountName = "mail@acme.example", templates = local.mail`,
		"aws-ses-mail":                  `accessKeyId = "id", accessKeySecret = "secret", region = "eu-west-1", templates = local.mail`,
		"http-email":                    `endpoint = "https://mail.acme.example"`,
		"mailgun-email":                 `domain = "acme.example", apiKey = "key", from = "mail@acme.example", deliveries = { Generic = { html = "{{code}}" } }`,
		"mailjunky-email-service":       `apiKey = "key", fromEmail = "mail@acme.example", templates = [for t in local.mail : merge(t, { type = "text/plain" })]`,
		"postmark-mail":                 `serverToken = "token", fromEmail = "mail@acme.example", templates = [for use in local.uses : { usageType = use, templateAlias = "code" }]`,
		"sendgrid-email-service":        `apiKey = "key", fromEmail = "mail@acme.example", templates = [for t in local.mail : merge(t, { type = "text/plain" })]`,
		"simple-mail-transfer-protocol": `host = "smtp.acme.example", port = 465, auth = { user = "user", pass = "secret" }, fromEmail = "mail@acme.example", templates = [for t in local.mail : merge(t, { contentType = "text/plain" })]`,
		"smtp2go-email-service":         `apiKey = "key", sender = "mail@acme.example", templates = [for t in local.mail : merge(t, { type = "text/plain" })]`,
	}
	smsConfigs = map[string]string{
		"aliyun-short-message-auth-service": `accessKeyId = "id", accessKeySecret = "secret", signName = "Acme", templates = [for use in local.all : { usageType = use, templateCode = "SMS_1" }]`,
		"aliyun-short-message-service":      `accessKeyId = "id", accessKeySecret = "secret", signName = "Acme", templates = [for use in local.uses : { usageType = use, type = 2, templateCode = "SMS_1" }]`,
		"gatewayapi-sms":                    `endpoint = "https://gatewayapi.example", apiToken = "token", sender = "Acme", templates = local.text`,
		"http-sms":                          `endpoint = "https://sms.acme.example"`,
		"smsaero-short-message-service":     `email = "sms@acme.example", apiKey = "key", senderName = "Acme", templates = local.text`,
		"smsbao-sms":                        `username = "acme", passwordOrApiKey = "key", templates = local.text`,
		"tencent-short-message-service":     `accessKeyId = "id", accessKeySecret = "secret", signName = "Acme", sdkAppId = "1400000000", region = "ap-guangzhou", templates = [for use in local.uses : { usageType = use, templateCode = "1" }]`,
		"twilio-short-message-service":      `accountSID = "AC1", authToken = "token", fromMessagingServiceSID = "MG1", templates = local.text`,
		"vonage-sms":                        `apiKey = "key", apiSecret = "secret", brandName = "Acme", templates = local.text`,
		"whatsapp-short-message-service":    `accessToken = "token", phoneNumberId = "1", templates = [for use in local.uses : { usageType = use, templateName = "code" }]`,
		"yunpian-sms":                       `apikey = "key", templates = local.text`,
	}
)

// oneTenant keeps tests apart that make connectors of which a tenant has one,
// where they share a tenant.
var oneTenant sync.Mutex

func alone(t *testing.T, target *acctest.Target) {
	if target.Server == nil {
		oneTenant.Lock()
		t.Cleanup(oneTenant.Unlock)
	}
}

func ofFactory(name, factory, config string) string {
	target := ""
	if slices.Contains([]string{"oidc", "oauth2", "saml"}, factory) {
		target = "\n  target       = \"{name}-" + factory + "\""
	}
	return fmt.Sprintf(`
resource "logto_connector" %q {
  connector_id = %q%s
  config       = jsonencode({ %s })
}
`, name, factory, target, config)
}

// Every factory makes a connector from the least that it takes, and nothing
// changes when it is planned again: the social ones together, those that send
// messages in the place of each other, one email and one SMS at a time.
func TestAccConnectorFactories(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Needs(t, "1.41")
	alone(t, target)
	var social strings.Builder
	for factory, config := range socialConfigs {
		social.WriteString(ofFactory(factory, factory, config))
	}
	steps := []resource.TestStep{{Config: social.String()}}
	email, sms := slices.Sorted(maps.Keys(emailConfigs)), slices.Sorted(maps.Keys(smsConfigs))
	for i := range max(len(email), len(sms)) {
		config := templates
		if i < len(email) {
			config += ofFactory("email", email[i], emailConfigs[email[i]])
		}
		if i < len(sms) {
			config += ofFactory("sms", sms[i], smsConfigs[sms[i]])
		}
		steps = append(steps, resource.TestStep{Config: config})
	}
	target.Test(t, resource.TestCase{Steps: steps})

	_, answer := target.Do(t, http.MethodGet, "/api/connector-factories", nil)
	var served []string
	for _, f := range answer.([]any) {
		served = append(served, f.(map[string]any)["id"].(string))
	}
	slices.Sort(served)
	tested := slices.Sorted(maps.Keys(socialConfigs))
	tested = append(append(tested, email...), sms...)
	slices.Sort(tested)
	if diff := cmp.Diff(served, tested); diff != "" {
		t.Errorf("factories (-served +tested):\n%s", diff)
	}
}
