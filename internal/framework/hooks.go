// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// This page lists what a model can do in addition to Expand and Flatten. Each interface is
// a hook: the framework calls it when the model has the method. The file of a model
// asserts every hook that it implements, so that a wrong signature does not compile:
//
//	var _ framework.ModelWithValidate = (*role)(nil)
//
// In the order of a run, a resource calls:
//
//	validate   Validate
//	plan       Validate, GuardDelete, ModifyPlan, LinkClaims, CheckWrite, Twin
//	create     CopyWriteOnly, CheckWrite, Expand, [API.Create], Flatten, AfterWrite
//	update     CopyWriteOnly, CheckWrite, Expand, [API.Update], Flatten, AfterWrite
//	read       [API.Get], Flatten, AfterRead
//	delete     GuardDelete, BeforeDelete, [API.Delete]
//	list       [API.Search], Flatten, IsBuiltIn, GuardDelete, DisplayName, AfterRead
//	export     as list and import, and IsOver, IsCompanion, Label, ImpliedAttributes
//
// A hook that gets a client can be called several times in a run, by several
// resources at once. Errors of the API that it returns become diagnostics, at the
// attribute that [WithAttribute] names. A hook that gets diagnostics adds to them;
// an error in them ends the operation.

// ModelWithValidate checks a configuration, for a resource, an ephemeral resource or
// an action. It is called by validate and again by each plan, so attributes may be
// unknown: flex.IsGiven tells. It makes no calls. Its errors are errors of the
// configuration; in a plan its warnings are not repeated.
type ModelWithValidate interface {
	Validate(ctx context.Context, diags *diag.Diagnostics)
}

// ModelWithModifyPlan checks a plan, or changes it. The model is what is planned,
// with unknown values; config is the configuration, and state is what Terraform has,
// nil when the object is yet to be created. A change is made through resp, in which RequiresReplace and
// Diagnostics may be set as well. It is not called for a destroy, nor while the
// provider is not configured.
type ModelWithModifyPlan[M any] interface {
	ModifyPlan(ctx context.Context, c *logto.Client, config, state *M, resp *resource.ModifyPlanResponse)
}

// ModelWithCheckWrite finds what will make Logto refuse a write, for a reason that
// lies outside the configuration: an object that it refers to does not exist, or a time
// has passed. In a plan its errors become warnings, because a destroy begins with a
// plan; in an apply they are errors, before anything is written. The model is what is
// planned; state is nil before a create.
type ModelWithCheckWrite[M any] interface {
	CheckWrite(ctx context.Context, c *logto.Client, state *M, diags *diag.Diagnostics)
}

// ModelWithCopyWriteOnly takes over the write-only attributes. Plans and states do not
// have them, so the framework calls it before a write with the model of the
// configuration. It copies those attributes and nothing else.
type ModelWithCopyWriteOnly[M any] interface {
	CopyWriteOnly(config *M)
}

// ModelWithAfterWrite writes what takes calls of its own, such as links. It is called
// when the object has been written and the model holds what Logto answered. planned is
// the model as it was planned, with the write-only attributes; prior is the state
// before, and nil after a create. After an error the framework calls AfterRead, so
// that the state says what was reached.
type ModelWithAfterWrite[M any] interface {
	AfterWrite(ctx context.Context, c *logto.Client, planned, prior *M) error
}

// ModelWithAfterRead reads what takes calls of its own. The model holds what the call
// for the object itself answered; purpose says which of the rest is wanted. An error
// that says not found means that the object does not exist any more.
type ModelWithAfterRead interface {
	AfterRead(ctx context.Context, c *logto.Client, purpose ReadPurpose) error
}

// ReadPurpose says what something is read for.
type ReadPurpose int

// The purposes of a read.
const (
	// ForRefresh reads what the resource manages: attributes that are null in the
	// state stay null.
	ForRefresh ReadPurpose = iota
	// ForImport reads everything, in the first read after an import.
	ForImport
	// ForList reads everything, for a list that is asked for whole objects.
	ForList
	// ForDataSource reads everything, for a data source.
	ForDataSource
)

// Everything reports whether attributes are read that the resource does not manage.
func (p ReadPurpose) Everything() bool { return p != ForRefresh }

// ModelWithBeforeDelete prepares a delete. The model is the state. An error that says
// not found means that there is nothing to delete.
type ModelWithBeforeDelete interface {
	BeforeDelete(ctx context.Context, c *logto.Client) error
}

// ModelWithGuardDelete names an object that the provider never deletes, because it
// needs it itself. The model is the state. why is a sentence for people, and empty for
// an object that may be deleted. A plan shows it as a warning, a destroy removes the
// object from the state only, a replacement is refused, and lists leave it out. An error
// fails the operation.
type ModelWithGuardDelete interface {
	GuardDelete(ctx context.Context, c *logto.Client) (why string, err error)
}

// ModelWithLinkClaims says which links of a parent the model manages, so that the
// framework can warn of two resources that undo each other. The model is what is
// planned or the state. nil says that it manages none.
type ModelWithLinkClaims interface {
	LinkClaims() []LinkClaim
}

// ModelWithTwin returns the name by which people know an object of a type of which Logto
// allows two objects with one name, and the ID of the object, empty while it has none. A
// plan warns when an object with the name of one that it creates exists already. There
// is no warning for an empty name.
type ModelWithTwin interface {
	Twin() (name, id string)
}

// ModelWithDisplayName names an object for people, in lists and in exports. An object
// without the hook, or with an empty name, goes by its import ID.
type ModelWithDisplayName interface {
	DisplayName() string
}

// ModelWithIsBuiltIn reports whether every tenant has the object, so that nobody manages it.
// Lists leave it out.
type ModelWithIsBuiltIn interface {
	IsBuiltIn() bool
}

// ModelWithLabel gives an object a shorter name than DisplayName, where the type says
// the rest. The export names resources by it.
type ModelWithLabel interface {
	Label() string
}

// ModelWithIsCompanion reports whether Logto made the object together with the one that
// it belongs to, as the first secret of an application: a configuration that made it
// again would make a second one. The export leaves it out. siblings are all objects
// below the same parent, this one included.
type ModelWithIsCompanion[M any] interface {
	IsCompanion(siblings []*M) bool
}

// ModelWithIsOver reports whether an object has expired, so that it cannot be created
// again. The export leaves it out. now is the time of the server.
type ModelWithIsOver interface {
	IsOver(now time.Time) bool
}

// ModelWithImpliedAttributes names attributes that a configuration need not have,
// because Logto sets them or because they follow from others. The model is the state.
type ModelWithImpliedAttributes interface {
	ImpliedAttributes() []string
}

// EphemeralModelWithRenew keeps the value of an ephemeral resource alive and returns
// when to do so again. The model has no values: key is that of the [EphemeralLease].
type EphemeralModelWithRenew interface {
	Renew(ctx context.Context, c *logto.Client, key logto.Key) (time.Time, error)
}

// EphemeralModelWithClose takes back what an ephemeral resource made. The model has no
// values: key is that of the [EphemeralLease]. An error that says not found is none.
type EphemeralModelWithClose interface {
	Close(ctx context.Context, c *logto.Client, key logto.Key) error
}
