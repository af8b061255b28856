data "logto_roles" "machines" {
  type = "MachineToMachine"
}
