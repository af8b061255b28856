data "logto_organization_scopes" "all" {}
