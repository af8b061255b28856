// SPDX-License-Identifier: MPL-2.0

package schemas

import (
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"

	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
)

// SigningKeyAttributes adds to the attributes of a signing key those that all signing
// keys with a certificate have. owner is what has several of them, as "application";
// certificate describes the certificate.
func SigningKeyAttributes(attributes map[string]schema.Attribute, owner, certificate string) map[string]schema.Attribute {
	attributes["id"] = IDAttribute()
	attributes["active"] = schema.BoolAttribute{
		MarkdownDescription: "Whether the key is active and Logto signs with it." + planmodifiers.ForResource("`true` deactivates the other keys of the "+owner+". Terraform deactivates an active key before it deletes it."),
		Optional:            true,
		Computed:            true,
		Default:             booldefault.StaticBool(false),
	}
	attributes["certificate"] = SettledAttribute(certificate)
	attributes["fingerprint_sha256"] = SettledAttribute("SHA-256 fingerprint of the certificate, such as `AB:CD:…`.")
	attributes["created_at"] = MomentAttribute("Time at which the key was created, in RFC 3339 format.")
	attributes["expires_at"] = MomentAttribute("Time at which the certificate expires, in RFC 3339 format.")
	return attributes
}
