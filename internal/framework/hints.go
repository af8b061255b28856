// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// Hint is what to tell people about an error code of Logto.
type Hint struct {
	// Attribute is the attribute at fault, if it is one: that of the type, or the
	// one without the s at its end, as role_id for role_ids. It is ignored for types
	// that have neither.
	Attribute string
	// Advice says what to do, in full sentences.
	Advice string
}

// Hints are the hints of an area by Terraform type and code of Logto. Those of the
// type "" hold for every type of the area that has none of its own for a code.
type Hints map[string]map[string]Hint

// CommonHints hold for the types of all areas, by code of Logto. An area has a hint
// of its own for what a code means there.
func CommonHints() map[string]Hint {
	const missing = "Check the ID, which is not the name. If Terraform creates that object, refer to its resource instead of writing the ID, so that it exists first; " +
		"a data source finds the ID of another object by its name. " +
		"If it was deleted outside Terraform in the meantime, apply again."
	return map[string]Hint{
		"domain.domain_is_not_allowed":          {Attribute: "domain", Advice: "Logto Cloud does not accept this domain. Use a domain that you own."},
		"domain.exceed_domain_limit":            {Attribute: "domain", Advice: "The tenant has as many domains as it can have. Remove one first."},
		"domain.hostname_already_exists":        {Attribute: "domain", Advice: "Another tenant of Logto Cloud has this domain. Remove it there first."},
		"entity.db_constraint_violated":         {Advice: "Something that this object refers to has a type that does not fit."},
		"entity.invalid_input":                  {Advice: "A value does not fit where Logto stores it, as a number above 2147483647."},
		"entity.not_exists":                     {Advice: missing},
		"entity.not_exists_with_id":             {Advice: missing},
		"entity.not_found":                      {Advice: missing},
		"entity.relation_foreign_key_not_found": {Advice: "An object that this one refers to does not exist. Check the ids."},
		"entity.unique_integrity_violation":     {Attribute: "name", Advice: "An object of this name exists already. Choose another name, or import the object."},
		"entity.value_too_long":                 {Advice: "A text is longer than Logto stores. The documentation of each attribute says how long it can be."},
		"subscription.limit_exceeded":           {Advice: "The tenant's plan does not allow more. Remove some, or upgrade the plan."},
		"system_limit.limit_exceeded":           {Advice: "The tenant has reached a system limit."},
	}
}

// hintTable finds the hints of the areas.
type hintTable struct {
	common map[string]Hint
	byType map[string]Hints // Terraform type → the hints of its area
}

// newHintTable asks all types for their names, which is done when a call fails.
func newHintTable(areas []ServicePackage) *hintTable {
	t := &hintTable{common: CommonHints(), byType: map[string]Hints{}}
	for _, area := range areas {
		for _, name := range area.typeNames(context.Background()) {
			t.byType[name] = area.Hints
		}
	}
	return t
}

// find returns the hint for an error code that a type met; the zero Hint if there
// is none.
func (t *hintTable) find(typeName, code string) Hint {
	area := t.byType[typeName]
	for _, hints := range []map[string]Hint{area[typeName], area[""], t.common} {
		if h, ok := hints[code]; ok {
			return h
		}
	}
	return Hint{}
}

// lazyHints makes the table when it is needed first.
func lazyHints(areas []ServicePackage) func() *hintTable {
	return sync.OnceValue(func() *hintTable { return newHintTable(areas) })
}

// typeNames are the names of the Terraform types of an area. A list resource has
// the name of its resource.
func (o ServicePackage) typeNames(ctx context.Context) (names []string) {
	for _, made := range o.Resources {
		var meta resource.MetadataResponse
		made().Metadata(ctx, resource.MetadataRequest{}, &meta)
		names = append(names, meta.TypeName)
	}
	for _, made := range o.DataSources {
		var meta datasource.MetadataResponse
		made().Metadata(ctx, datasource.MetadataRequest{}, &meta)
		names = append(names, meta.TypeName)
	}
	for _, made := range o.Ephemeral {
		var meta ephemeral.MetadataResponse
		made().Metadata(ctx, ephemeral.MetadataRequest{}, &meta)
		names = append(names, meta.TypeName)
	}
	for _, made := range o.Actions {
		var meta action.MetadataResponse
		made().Metadata(ctx, action.MetadataRequest{}, &meta)
		names = append(names, meta.TypeName)
	}
	return names
}
