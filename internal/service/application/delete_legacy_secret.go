// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

func deleteLegacySecretAction() action.Action {
	return framework.Action[deleteLegacySecret]("delete_legacy_application_secret", func() schema.Schema {
		return schema.Schema{
			MarkdownDescription: "Deletes the legacy secret of an application: the single secret that applications had before Logto supported several secrets. Create a `logto_application_secret` and use its value first. The action succeeds if the application has no legacy secret.",
			Attributes: map[string]schema.Attribute{
				"application_id": schemas.ActionIDAttribute("ID of the application."),
			},
		}
	})
}

type deleteLegacySecret struct {
	ApplicationID types.String `tfsdk:"application_id"`
}

// Invoke deletes the secret.
func (m *deleteLegacySecret) Invoke(ctx context.Context, c *logto.Client, say func(string)) error {
	err := c.DeleteLegacySecret(ctx, m.ApplicationID.ValueString())
	if logto.HasCode(err, "application.no_legacy_secret_found") {
		say("The application " + m.ApplicationID.ValueString() + " has no legacy secret.")
		return nil
	}
	return err
}
