// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
)

// Lifecycle is the life of a resource as every type must survive it. In HCL,
// {name} stands for a word of the test's own; in paths and IDs, {attribute}
// stands for the resource's attribute.
type Lifecycle struct {
	// Resource is the address of the resource under test, as "logto_role.test".
	Resource string
	// Setup is HCL for the objects around it.
	Setup string
	// Minimal and Full are HCL for it, with the required attributes and with all.
	Minimal, Full string
	// MinimalChecks and FullChecks check the state after each.
	MinimalChecks, FullChecks []statecheck.StateCheck
	// Path is where the API has the object, as "/api/roles/{id}".
	Path string
	// Find looks for the object where the API has no GET for it: the path of a
	// list, and the key and value that one element must have, as "id={id}".
	Find string
	// ReadOnly lists keys of the API object that may differ between two readings.
	ReadOnly []string
	// Change changes the object outside Terraform in a way that Full must repair.
	Change map[string]any
	// ChangeBy is how: "PATCH" of Path unless it says another method and path.
	ChangeBy string
	// Drift says how somebody changes each enforced attribute to another valid value
	// outside Terraform; a nested one is named "outer.inner". NoDrift says of the
	// others why they cannot change.
	Drift   map[string]Outside
	NoDrift map[string]string
	// Variant is set where another Lifecycle of the type has its Drift.
	Variant bool
	// NotAdopted says why an object whose key is in use cannot be made again, in which
	// case there is an error.
	NotAdopted string
	// Remove is how to delete it outside Terraform; "DELETE" of Path unless said.
	Remove string
	// RemoveBody is the body of Remove, where it needs one.
	RemoveBody any
	// Parent is the path of a parent whose deletion takes the object along; the
	// resources of Setup must come back with it. Empty when it has none.
	Parent string
	// ImportID is the import ID; {id} unless said.
	ImportID string
	// NotImported are attributes that an import cannot know.
	NotImported []string
	// OwnSettings is set where Full has what only a configuration can know, so that
	// an import with it is followed by an update.
	OwnSettings bool
	// Replaces is set when going from Minimal to Full replaces the object.
	Replaces bool
	// Permanent says why the object cannot be deleted outside Terraform: it is
	// what every tenant has once. What was there before is adopted, and destroy
	// must put it back.
	Permanent string
	// Scarce is set for what a real tenant allows few of.
	Scarce bool
	// Cloud is set for what exists on Logto Cloud only.
	Cloud bool
	// LocalUpdate says why going from Full to Minimal writes nothing to Logto, so that
	// the state may have what was planned when a reading after it fails.
	LocalUpdate string
	// Since is the version from which Logto has the type, where it is not the oldest.
	Since string
}

func (l Lifecycle) start(t *testing.T) *Target {
	if l.Cloud {
		return StartCloud(t)
	}
	return Start(t)
}

// Run takes the resource through its life.
func (l Lifecycle) Run(t *testing.T) {
	t.Helper()
	if l.Permanent == "" && !l.Scarce || os.Getenv("LOGTO_ENDPOINT") == "" {
		t.Parallel() // tests of what a real tenant has once, or few of, take turns
	}
	target := l.start(t)
	if l.Since != "" {
		target.Needs(t, l.Since)
	}
	life := &life{Lifecycle: l, t: t, target: target}
	var found map[string]any
	if l.Permanent != "" {
		found = target.Keep(t, l.Path)
	}
	var fresh map[string]int
	if target.Server != nil {
		fresh = target.Server.Rows()
	}
	target.Test(t, resource.TestCase{
		Steps: life.steps(),
		CheckDestroy: func(s *terraform.State) error {
			if l.Permanent != "" {
				if diff := cmp.Diff(life.lasting(found), life.lasting(target.Get(t, l.Path))); diff != "" {
					return fmt.Errorf("destroy did not put back what was there (-before +after):\n%s", diff)
				}
			}
			if target.Server != nil {
				if diff := cmp.Diff(fresh, target.Server.Rows()); diff != "" {
					return fmt.Errorf("destroy left something behind, or took too much (-before +after):\n%s", diff)
				}
			}
			return nil
		},
	})
}

// steps are the life: a minimal configuration, the full one, a change outside, back to
// minimal, and the end.
func (l *life) steps() []resource.TestStep {
	minimal, full := l.Setup+"\n"+l.Minimal, l.Setup+"\n"+l.Full
	steps := []resource.TestStep{l.then(resource.TestStep{Config: minimal, ConfigStateChecks: l.MinimalChecks, Check: l.remember(&l.minimal)}, func(*terraform.State) error {
		l.target.Reset()
		return nil
	})}
	if l.Full == "" || l.Full == l.Minimal {
		steps = append(steps, l.then(l.quiet(minimal), l.answers), l.importStep(minimal))
	} else {
		steps = append(append(steps, l.importStep(minimal)), l.fullSteps(full)...)
	}
	if l.Change != nil {
		config, want := full, &l.full
		if l.Full == "" {
			config, want = minimal, &l.minimal
		}
		steps = append(steps, resource.TestStep{PreConfig: l.changeOutside, Config: config, Check: l.same(want),
			ConfigPlanChecks: l.expect(plancheck.ResourceActionUpdate)})
	}
	steps = append(steps, resource.TestStep{Config: minimal, ConfigStateChecks: l.MinimalChecks, Check: l.same(&l.minimal)})
	if l.Permanent != "" {
		return append(steps, resource.TestStep{Config: minimal, Destroy: true})
	}
	if l.Full == "" {
		full = minimal
	}
	return append(steps, l.endSteps(minimal, full)...)
}

// expect checks that the plan has that action for the resource.
func (l *life) expect(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(l.Resource, action)}}
}

// quiet is a second apply, which writes nothing.
func (l *life) quiet(config string) resource.TestStep {
	return resource.TestStep{
		PreConfig:        l.target.Reset,
		Config:           config,
		ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		Check: func(*terraform.State) error {
			if writes := l.target.Writes(); len(writes) > 0 {
				return fmt.Errorf("an apply without changes wrote: %v", writes)
			}
			return nil
		},
	}
}

// fullSteps go from the minimal configuration to the full one, try the ways on it, and
// import it.
func (l *life) fullSteps(full string) []resource.TestStep {
	action := plancheck.ResourceActionUpdate
	if l.Replaces {
		action = plancheck.ResourceActionDestroyBeforeCreate
	}
	steps := []resource.TestStep{
		{PreConfig: l.noteMinimal, Config: full, ConfigStateChecks: l.FullChecks, Check: l.remember(&l.full), ConfigPlanChecks: l.expect(action)},
		l.then(l.quiet(full), l.ways),
		// What was destroyed and made again there may have other values of Logto's.
		l.randomly(resource.TestStep{Config: full, Check: l.remember(&l.full)}),
		l.importStep(full),
	}
	if !l.OwnSettings && AtLeast(l.t, "1.12.0", "1.12.0") {
		steps = append(steps, resource.TestStep{Config: full, ResourceName: l.Resource, ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity})
	}
	return steps
}

// endSteps delete the object outside, so that Terraform makes it again, and destroy it.
// A destroy begins with a plan, which must get through also when all that the resource
// refers to was deleted by hand.
func (l *life) endSteps(minimal, full string) []resource.TestStep {
	recreated := l.expect(plancheck.ResourceActionCreate)
	steps := []resource.TestStep{{PreConfig: l.deleteOutside, Config: minimal, ConfigPlanChecks: recreated, Check: l.remember(&l.minimal)}}
	if l.Parent != "" {
		steps = append(steps, resource.TestStep{PreConfig: l.deleteParent, Config: minimal, ConfigPlanChecks: recreated, Check: l.remember(&l.minimal)})
	}
	return append(steps,
		resource.TestStep{PreConfig: l.deleteOutside, Config: minimal, Destroy: true},
		resource.TestStep{Config: full, Check: l.noteOthers},
		resource.TestStep{PreConfig: l.deleteReferences, Config: full, Destroy: true})
}

// noteMinimal notes how Terraform planned the minimal configuration after its apply. The
// plans that follow an apply are empty, and neither they nor an import may write.
func (l *life) noteMinimal() {
	if writes := l.target.Writes(); len(writes) > 0 {
		l.t.Errorf("plans without changes, or an import, wrote: %v", writes)
	}
	_, l.minimalPlanned, _ = l.target.lastPlanned(l.t, l.Resource, l.attributes)
}

// then adds a check to a step.
func (l *life) then(step resource.TestStep, next resource.TestCheckFunc) resource.TestStep {
	step.Check = resource.ComposeTestCheckFunc(step.Check, next)
	return step
}

// life is one run of a Lifecycle: what it knows of the object.
type life struct {
	Lifecycle
	t             *testing.T
	target        *Target
	attributes    map[string]string
	minimal, full map[string]any
	remade        bool // a way destroyed the object and made it again
	// minimalPlanned is the minimal configuration as Terraform gave it to the provider.
	minimalPlanned tftypes.Value
	others         []string // API paths of the objects around the resource
}

var placeholder = regexp.MustCompile(`\{[a-z0-9_.]+\}`)

// fill fills the attributes into an ID.
func (l *life) fill(s string) string {
	return placeholder.ReplaceAllStringFunc(s, func(p string) string { return l.attributes[p[1:len(p)-1]] })
}

// at fills the attributes into a path.
func (l *life) at(s string) string {
	return placeholder.ReplaceAllStringFunc(s, func(p string) string { return url.PathEscape(l.attributes[p[1:len(p)-1]]) })
}

func (l *life) note(s *terraform.State) error {
	r := s.RootModule().Resources[l.Resource]
	if r == nil {
		return fmt.Errorf("%s is not in the state", l.Resource)
	}
	l.attributes = r.Primary.Attributes
	return nil
}

// object is what the API has of the resource.
func (l *life) object() (map[string]any, error) {
	if l.Find == "" && l.Path == "" {
		return nil, nil
	}
	if l.Find == "" {
		status, answer := l.target.Do(l.t, http.MethodGet, l.at(l.Path), nil)
		object, ok := answer.(map[string]any)
		if status != http.StatusOK || !ok {
			return nil, fmt.Errorf("GET %s: HTTP %d, %v", l.at(l.Path), status, answer)
		}
		return l.lasting(object), nil
	}
	list, condition, _ := strings.Cut(l.Find, " ")
	key, value, _ := strings.Cut(l.fill(condition), "=")
	status, answer := l.target.Do(l.t, http.MethodGet, l.at(list), nil)
	elements, _ := answer.([]any)
	for _, e := range elements {
		if object, ok := e.(map[string]any); ok && fmt.Sprint(object[key]) == value {
			return l.lasting(object), nil
		}
	}
	return nil, fmt.Errorf("GET %s: HTTP %d, and nothing in it has %s %q", l.at(list), status, key, value)
}

func (l *life) lasting(object map[string]any) map[string]any {
	object = maps.Clone(object)
	for key := range object {
		if key == "updatedAt" || slices.Contains(l.ReadOnly, key) {
			delete(object, key)
		}
	}
	return object
}

// remember keeps what the API has now.
func (l *life) remember(as *map[string]any) resource.TestCheckFunc {
	return func(s *terraform.State) error {
		if err := l.note(s); err != nil {
			return err
		}
		var err error
		if *as, err = l.object(); err != nil {
			return err
		}
		return l.creationTime(*as)
	}
}

// creationTime checks that the state has the time at which the object was created, where
// the type has an attribute for it.
func (l *life) creationTime(object map[string]any) error {
	said, ok := l.attributes["created_at"]
	if !ok {
		return nil
	}
	at, err := time.Parse(time.RFC3339, said)
	if err != nil || float64(at.UnixMilli()) != object["createdAt"] {
		return fmt.Errorf("the state has the created_at %q, and Logto the createdAt %v", said, object["createdAt"])
	}
	return nil
}

// same checks that the API has again what it had.
func (l *life) same(as *map[string]any) resource.TestCheckFunc {
	return func(s *terraform.State) error {
		if err := l.note(s); err != nil {
			return err
		}
		now, err := l.object()
		if err == nil {
			err = l.creationTime(now)
		}
		if err != nil {
			return err
		}
		was := *as
		if l.Replaces || l.remade {
			was, now = maps.Clone(was), maps.Clone(now)
			for _, k := range []string{"id", "createdAt", "value"} {
				delete(was, k)
				delete(now, k)
			}
		}
		if diff := cmp.Diff(was, now); diff != "" {
			return fmt.Errorf("the API object is not what it was (-then +now):\n%s", diff)
		}
		return nil
	}
}

func (l *life) importID() string {
	if l.ImportID == "" {
		return "{id}"
	}
	return l.ImportID
}

func (l *life) importStep(config string) resource.TestStep {
	id := l.importID()
	return resource.TestStep{
		Config: config, ResourceName: l.Resource, ImportState: true, ImportStateVerify: true,
		ImportStateVerifyIgnore:              l.NotImported,
		ImportStateVerifyIdentifierAttribute: strings.Trim(placeholder.FindString(id), "{}"),
		ImportStateIdFunc: func(s *terraform.State) (string, error) {
			err := l.note(s)
			return l.fill(id), err
		},
	}
}

func (l *life) outside(how, otherwise string, body any) {
	method, path, _ := strings.Cut(how, " ")
	if how == "" {
		method, path = otherwise, l.Path
	}
	if status, answer := l.target.Do(l.t, method, l.at(path), body); status/100 != 2 && status != http.StatusNotFound {
		l.t.Fatalf("%s %s: HTTP %d, %v", method, l.at(path), status, answer)
	}
}

func (l *life) changeOutside() { l.outside(l.ChangeBy, http.MethodPatch, l.Change) }

func (l *life) deleteOutside() { l.outside(l.Remove, http.MethodDelete, l.RemoveBody) }

func (l *life) deleteParent() { l.outside("DELETE "+l.Parent, "", nil) }
