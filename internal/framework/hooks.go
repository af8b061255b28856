// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// Models may have these methods besides.
type (
	// ModelWithAfterWrite writes what takes calls of its own, after the object was written and
	// taken over. prior is nil after a create.
	ModelWithAfterWrite[M any] interface {
		AfterWrite(ctx context.Context, c *logto.Client, planned, prior *M) error
	}
	// ModelWithAfterRead reads what takes calls of its own: what the model manages, or all
	// of it for an import, a list or a data source.
	ModelWithAfterRead interface {
		AfterRead(ctx context.Context, c *logto.Client, all bool) error
	}
	// ModelWithBeforeDelete prepares a delete.
	ModelWithBeforeDelete interface {
		BeforeDelete(ctx context.Context, c *logto.Client) error
	}
	// ModelWithValidate checks the configuration. Attributes may be unknown.
	ModelWithValidate interface {
		Validate(ctx context.Context, diags *diag.Diagnostics)
	}
	// ModelWithModifyPlan checks the plan, or changes it, knowing the state (nil when there
	// is none).
	ModelWithModifyPlan[M any] interface {
		ModifyPlan(ctx context.Context, c *logto.Client, state *M, resp *resource.ModifyPlanResponse)
	}
	// ModelWithCheckWrite finds what will make Logto refuse a write, for a reason that
	// lies outside the configuration: something that it refers to is gone, a time is
	// over. What it finds is a warning in a plan, because a destroy begins with a
	// plan, and an error in an apply, before the write. state is nil before a create.
	ModelWithCheckWrite[M any] interface {
		CheckWrite(ctx context.Context, c *logto.Client, state *M, diags *diag.Diagnostics)
	}
	// ModelWithGuardDelete tells of an object that the provider must not delete, because it needs
	// it itself: why says so, and is empty for all others.
	ModelWithGuardDelete interface {
		GuardDelete(ctx context.Context, c *logto.Client) (why string)
	}
	// ModelWithLinkClaims tells whose links the model manages.
	ModelWithLinkClaims interface {
		LinkClaims() []LinkClaim
	}
	// ModelWithDisplayName names an object for people.
	ModelWithDisplayName interface{ DisplayName() string }
)
