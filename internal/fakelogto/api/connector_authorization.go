// SPDX-License-Identifier: MPL-2.0

package api

import (
	"strings"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

func connectorAuthorizationURI(c *engine.Context) (any, error) {
	in, err := c.Input(textShape("state redirectUri"))
	if err != nil {
		return nil, err
	}
	if in.Str("state") == "" || in.Str("redirectUri") == "" {
		return nil, engine.Fail(400, "session.insufficient_info")
	}
	row, f, err := findConnector(c.DB, c.Param("connectorId"))
	if err != nil {
		return nil, err
	}
	if f.kind != socialType {
		return nil, engine.Fail(400, "connector.unexpected_type")
	}
	template, ok := authorizationURIs()[f.id]
	if !ok {
		return nil, engine.Fail(501, "connector.not_implemented") // it needs the session of a sign-in
	}
	if err := checkConnectorConfig(f.id, row.Obj("config")); err != nil {
		return nil, err
	}
	return engine.Object{{"redirectTo", template.fill(row.Obj("config"), in)}}, nil
}

// authorizationURI is the address of a social platform's sign-in page. Each
// parameter is a constant, "@key" of the config or "$key" of the request;
// "@key|default" stands in when the config lacks the key.
type authorizationURI struct{ base, params, fragment string }

func (a authorizationURI) fill(config, in engine.Object) string {
	lookUp := func(s string) string {
		switch {
		case strings.HasPrefix(s, "$"):
			return in.Str(s[1:])
		case strings.HasPrefix(s, "@"):
			key, fallback, _ := strings.Cut(s[1:], "|")
			if v := config.Str(key); v != "" {
				return v
			}
			return strings.ReplaceAll(fallback, "_+_", " ")
		}
		return s
	}
	parts := engine.Map(strings.Fields(a.params), func(p string) string {
		key, value, _ := strings.Cut(p, "=")
		return key + "=" + formEscape(lookUp(value))
	})
	return a.base + "?" + strings.Join(parts, "&") + a.fragment
}

// authorizationURIs holds the factories whose address needs no session. "_+_" is a space.
func authorizationURIs() map[string]authorizationURI {
	const (
		client = "client_id=@clientId redirect_uri=$redirectUri "
		code   = client + "response_type=code "
	)
	return map[string]authorizationURI{
		"alipay-native": {"alipay://", "app_id=@appId state=$state", ""},
		"alipay-web": {"https://openauth.alipay.com/oauth2/publicAppAuthorize.htm",
			"app_id=@appId redirect_uri=$redirectUri scope=@scope|auth_user state=$state", ""},
		"dingtalk-web":      {"https://login.dingtalk.com/oauth2/auth", code + "scope=@scope|openid state=$state prompt=consent", ""},
		"discord-universal": {"https://discord.com/oauth2/authorize", code + "scope=@scope|identify_+_email state=$state", ""},
		"facebook-universal": {"https://www.facebook.com/v13.0/dialog/oauth",
			code + "state=$state scope=@scope|email,public_profile", ""},
		"feishu-web": {"https://passport.feishu.cn/suite/passport/oauth/authorize",
			"client_id=@appId redirect_uri=$redirectUri response_type=code state=$state", ""},
		"github-universal": {"https://github.com/login/oauth/authorize",
			client + "state=$state scope=@scope|read:user_+_user:email", ""},
		"google-universal": {"https://accounts.google.com/o/oauth2/v2/auth",
			code + "state=$state scope=@scope|openid_+_profile_+_email", ""},
		"kakao-universal": {"https://kauth.kakao.com/oauth/authorize", code + "state=$state", ""},
		"kook-universal":  {"https://www.kookapp.cn/app/oauth2/authorize", code + "scope=@scope|get_user_info state=$state", ""},
		"naver-universal": {"https://nid.naver.com/oauth2.0/authorize", code + "state=$state", ""},
		"wechat-native":   {"wechat://", "app_id=@appId state=$state", ""},
		"wechat-web": {"https://open.weixin.qq.com/connect/qrconnect",
			"appid=@appId redirect_uri=$redirectUri response_type=code scope=@scope|snsapi_login state=$state", ""},
		"wecom-universal": {"https://open.work.weixin.qq.com/wwopen/sso/qrConnect",
			"appid=@corpId redirect_uri=$redirectUri response_type=code scope=@scope|snsapi_userinfo state=$state agentid=@agentId",
			"#wechat_redirect"},
		"xiaomi-universal": {"https://account.xiaomi.com/oauth2/authorize",
			code + "state=$state scope=@scope|1 skip_confirm=@skipConfirm|false", ""},
	}
}
