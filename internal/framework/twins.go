// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// twins are the objects of a tenant that have the name of one that a plan creates, for
// example what is left of a run that was killed before it saved its state.
type twins struct {
	mu sync.Mutex
	// ids are the IDs of a type by name, in one list for each type that is created.
	ids map[string]func() (map[string][]string, error)
	// managed are the IDs of a type that are in the state.
	managed map[string]map[string]bool
	written bool
}

// manage notes an object of the state.
func (t *twins) manage(typeName, id string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.managed == nil {
		t.managed = map[string]map[string]bool{}
	}
	if t.managed[typeName] == nil {
		t.managed[typeName] = map[string]bool{}
	}
	t.managed[typeName][id] = true
}

// write notes that the run writes. What it makes is then in the lists.
func (t *twins) write() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.written = true
}

// of are the IDs of a type that have a name and are not in the state.
func (t *twins) of(typeName, name string, list func() (map[string][]string, error)) (ids []string, err error) {
	t.mu.Lock()
	if t.written {
		t.mu.Unlock()
		return nil, nil
	}
	if t.ids == nil {
		t.ids = map[string]func() (map[string][]string, error){}
	}
	if t.ids[typeName] == nil {
		t.ids[typeName] = sync.OnceValues(list)
	}
	read := t.ids[typeName]
	t.mu.Unlock()
	known, err := read()
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, id := range known[name] {
		if !t.managed[typeName][id] {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// warnOfTwins warns of an object in Logto that has the name of the one that the plan
// creates. A resource that is renamed without a moved block can cause the warning, too:
// the provider sees the old one only when Terraform reads it.
func (r *Resource) warnOfTwins(ctx context.Context, m any, diags *diag.Diagnostics) {
	twin, ok := m.(ModelWithTwin)
	if !ok || r.data.withoutTwins {
		return
	}
	name, _ := twin.Twin()
	if name == "" {
		return
	}
	ids, err := r.data.twins.of(r.typeName(), name, func() (map[string][]string, error) {
		var found diag.Diagnostics
		objects, err := r.objects.search(ctx, r.data.Client, nil, nil)
		ids := map[string][]string{}
		for i := range objects {
			o := r.blank(ctx, &found)
			found.Append(r.objects.flatten(ctx, o, objects[i])...)
			if there, ok := o.(ModelWithTwin); ok {
				name, id := there.Twin()
				ids[name] = append(ids[name], id)
			}
		}
		return ids, err
	})
	if err != nil {
		r.fail(diags, "plan", "", err)
		return
	}
	if len(ids) == 0 {
		return
	}
	diags.AddAttributeWarning(path.Root("name"), "Logto has such a "+r.typeName()+" already",
		fmt.Sprintf("Terraform creates another object of this name. The one that is there has the ID %s. If Terraform does not manage it under another address, and an interrupted run or a user of the Console created it for this purpose, import it instead, "+
			"with an import block or with terraform import. To plan without this check, set warn_of_duplicates = false in the provider block.", strings.Join(ids, ", ")))
}

// noteManaged notes that the state has an object with a twin's type.
func (r *Resource) noteManaged(key logto.Key) {
	if _, ok := r.objects.newModel().(ModelWithTwin); ok && len(key) == 1 {
		r.data.twins.manage(r.typeName(), key.ID())
	}
}
