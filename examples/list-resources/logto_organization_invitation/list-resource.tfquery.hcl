# terraform query -generate-config-out=organization_invitation.tf
list "logto_organization_invitation" "all" {
  provider         = logto
  include_resource = true
}
