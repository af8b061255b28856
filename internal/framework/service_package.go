// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// ServicePackage are the Terraform types of an area of Logto.
type ServicePackage struct {
	// Name is that of the area: of the file in which the export writes its objects.
	Name string

	Resources   []func() resource.Resource
	DataSources []func() datasource.DataSource
	Ephemeral   []func() ephemeral.EphemeralResource
	Lists       []func() list.ListResource
	Actions     []func() action.Action
	// Hints are what to tell people about the error codes of the area.
	Hints Hints
}
