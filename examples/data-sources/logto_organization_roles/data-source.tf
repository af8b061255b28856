data "logto_organization_roles" "machines" {
  type = "MachineToMachine"
}
