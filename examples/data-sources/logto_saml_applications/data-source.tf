data "logto_saml_applications" "all" {}
