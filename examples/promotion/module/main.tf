# What is the same in every tenant. It is what an export of the development tenant wrote, with variables for what differs
# from tenant to tenant.

terraform {
  required_version = ">= 1.11"

  required_providers {
    logto = {
      source = "logto-community/logto"
    }
  }
}

variable "site" {
  description = "URL of the web site, without a slash at its end."
  type        = string
}

variable "smtp_host" {
  description = "Mail server."
  type        = string
}

variable "smtp_password" {
  description = "Password of the mail server's account. Raise smtp_version when it changes."
  type        = string
  sensitive   = true
  ephemeral   = true
}

variable "smtp_version" {
  description = "Number that says when smtp_password is another one."
  type        = number
  default     = 1
}

variable "is_mfa_required" {
  description = "Whether users must set up a second factor."
  type        = bool
  default     = true
}

resource "logto_api_resource" "orders" {
  name      = "Orders"
  indicator = "https://api.example.com/orders" # the same in all tenants, because the code of the API has it
  scopes = {
    "read:orders"  = { description = "See orders" }
    "write:orders" = { description = "Place and change orders" }
  }
}

resource "logto_role" "clerk" {
  name        = "Clerk"
  description = "Sees orders"
  scope_ids   = [logto_api_resource.orders.scopes["read:orders"].id]
}

resource "logto_application" "shop" {
  name                      = "Shop"
  type                      = "SPA"
  redirect_uris             = ["${var.site}/callback"]
  post_logout_redirect_uris = [var.site]
}

resource "logto_connector" "email" {
  connector_id = "simple-mail-transfer-protocol"
  config_wo = jsonencode({
    host      = var.smtp_host
    port      = 465
    secure    = true
    auth      = { user = "logto", pass = var.smtp_password }
    fromEmail = "Example <no-reply@example.com>"
    templates = [for use in ["SignIn", "Register", "ForgotPassword", "Generic"] : {
      usageType   = use
      contentType = "text/plain"
      subject     = "Your code"
      content     = "Your code is {{code}}."
    }]
  })
  config_wo_version = var.smtp_version
}

resource "logto_sign_in_experience" "this" {
  sign_up = { identifiers = ["email"], password = true, verify = true }
  sign_in = {
    methods = [{ identifier = "email", password = true, verification_code = true, is_password_primary = true }]
  }
  mfa = {
    factors = ["Totp", "BackupCode"]
    policy  = var.is_mfa_required ? "Mandatory" : "UserControlled"
  }

  depends_on = [logto_connector.email]
}

output "shop_app_id" {
  description = "App ID for the code of the shop."
  value       = logto_application.shop.id
}
