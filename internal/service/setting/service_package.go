// SPDX-License-Identifier: MPL-2.0

// Package setting has settings of the tenant: scripts, ID tokens, sessions and keys.
package setting

import (
	tfaction "github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
)

// ServicePackage are the Terraform types of this area.
func ServicePackage() framework.ServicePackage {
	return framework.ServicePackage{
		Name:      "settings",
		Resources: []func() resource.Resource{jwtCustomizers.Resource, actions.Resource, idTokenConfigs.Resource, oidcSessionConfigs.Resource},
		DataSources: []func() datasource.DataSource{
			func() datasource.DataSource {
				return jwtCustomizers.PluralDataSource("jwt_customizers", "All JWT customizers of the tenant. The data source has their scripts, and no environment variables.")
			},
			func() datasource.DataSource {
				return actions.PluralDataSource("actions", "All actions of the tenant. The data source has their scripts, and no environment variables."+schemas.SinceOperation("GET /api/configs/actions"))
			},
			func() datasource.DataSource {
				return idTokenConfigs.DataSource("The ID token configuration of the tenant.")
			},
			func() datasource.DataSource {
				return oidcSessionConfigs.DataSource("The session configuration of the tenant." + schemas.SinceOperation("GET /api/configs/oidc/session"))
			},
			func() datasource.DataSource { return framework.CustomDataSource[oidcKeys]("oidc_keys", oidcKeysSchema) },
			func() datasource.DataSource {
				return framework.CustomDataSource[oidcConfiguration]("oidc_configuration", oidcConfigurationSchema)
			},
			func() datasource.DataSource {
				return framework.CustomDataSource[auditLogs]("audit_logs", auditLogsSchema)
			},
			func() datasource.DataSource { return framework.CustomDataSource[system]("system", systemSchema) },
		},
		Lists: []func() list.ListResource{
			func() list.ListResource { return jwtCustomizers.List("Lists the JWT customizers of the tenant.") },
			func() list.ListResource {
				return actions.List("Lists the actions of the tenant." + schemas.SinceOperation("GET /api/configs/actions"))
			},
			func() list.ListResource {
				return idTokenConfigs.List("Lists the ID token configuration. A tenant has one.")
			},
			func() list.ListResource {
				return oidcSessionConfigs.List("Lists the session configuration. A tenant has one." + schemas.SinceOperation("GET /api/configs/oidc/session"))
			},
		},
		Actions: []func() tfaction.Action{
			func() tfaction.Action {
				return framework.Action[rotateOIDCKeys]("rotate_oidc_keys", rotateOIDCKeysSchema)
			},
			func() tfaction.Action {
				return framework.Action[clearSentinelActivities]("clear_sentinel_activities", clearSentinelActivitiesSchema)
			},
			func() tfaction.Action {
				return framework.Action[deleteVaultSecret]("delete_vault_secret", deleteVaultSecretSchema)
			},
			func() tfaction.Action {
				return framework.Action[deleteOIDCKey]("delete_oidc_key", deleteOIDCKeySchema)
			},
			func() tfaction.Action {
				return framework.Action[testJWTCustomizer]("test_jwt_customizer", testJWTCustomizerSchema)
			},
			func() tfaction.Action { return framework.Action[testAction]("test_action", testActionSchema) },
		},
	}
}
