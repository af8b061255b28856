# A whole tenant as a product in production has it: how users sign in, with what brand and in which languages, who can call
# which API, what customers are, and who is told of what happens.

terraform {
  required_version = ">= 1.8"

  required_providers {
    logto = {
      source = "logto-community/logto"
    }
  }
}

# Reads LOGTO_ENDPOINT, LOGTO_APP_ID and LOGTO_APP_SECRET.
provider "logto" {}

variable "smtp_password" {
  description = "Password of the mail server's account."
  type        = string
  sensitive   = true
  default     = "replace me"
}

variable "social_secrets" {
  description = "Client secrets of the social providers."
  type        = object({ google = string, github = string })
  sensitive   = true
  default     = { google = "replace me", github = "replace me" }
}

variable "globex" {
  description = "Issuer and client ID at the identity provider of Globex, a customer. Null until Globex has our redirect URI, which contains the ID of the connector."
  type        = object({ issuer = string, client_id = string })
  default     = null
}

variable "globex_secret" {
  description = "Client secret of Logto at the identity provider of Globex."
  type        = string
  sensitive   = true
  default     = null
}

variable "security_headers" {
  description = "Headers with which Logto authenticates at the service of the security team."
  type        = map(string)
  sensitive   = true
  default     = { Authorization = "Bearer replace me" }
}

# How mail gets out, and what it says.

resource "logto_connector" "email" {
  connector_id = "simple-mail-transfer-protocol"
  config = jsonencode({
    host      = "smtp.example.com"
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
}

resource "logto_email_template" "sign_in_english" {
  language_tag  = "en"
  template_type = "SignIn"
  subject       = "Your sign-in code"
  content       = "Your code is {{code}}. It is good for 10 minutes."
  content_type  = "text/plain"
}

resource "logto_email_template" "sign_in_french" {
  language_tag  = "fr"
  template_type = "SignIn"
  subject       = "Votre code de connexion"
  content       = "Votre code est {{code}}. Il est valable 10 minutes."
  content_type  = "text/plain"
}

# Where users can sign in from: two social providers, and a customer's own.

resource "logto_connector" "google" {
  connector_id = "google-universal"
  sync_profile = true
  config = jsonencode({
    clientId     = "0123456789.apps.googleusercontent.com"
    clientSecret = var.social_secrets.google
  })
}

resource "logto_connector" "github" {
  connector_id = "github-universal"
  config = jsonencode({
    clientId     = "Iv1.0123456789abcdef"
    clientSecret = var.social_secrets.github
  })
}

# Globex enters our redirect URI first: <endpoint>/callback/<id>. Its own values come afterwards.
resource "logto_sso_connector" "globex" {
  provider_name  = "OIDC"
  connector_name = "Globex"
  domains        = ["globex.example.com"]
  oidc = var.globex == null ? null : {
    issuer        = var.globex.issuer
    client_id     = var.globex.client_id
    client_secret = var.globex_secret
  }
}

# Texts of our own in two languages.

resource "logto_custom_phrase" "swedish" {
  language_tag = "sv-SE"
  translation  = jsonencode({ action = { sign_in = "Logga in" } })
}

resource "logto_custom_phrase" "french" {
  language_tag = "fr"
  translation  = jsonencode({ action = { sign_in = "Se connecter" } })
}

resource "logto_custom_profile_field" "company" {
  name     = "company"
  type     = "Text"
  label    = "Company"
  required = true
  config   = { max_length = 100 }
}

resource "logto_sign_in_experience" "this" {
  color = {
    primary_color        = "#0b6e4f"
    is_dark_mode_enabled = true
    dark_primary_color   = "#2fbf8f"
  }
  branding = {
    logo_url      = "https://www.example.com/logo.svg"
    dark_logo_url = "https://www.example.com/logo-dark.svg"
    favicon       = "https://www.example.com/favicon.ico"
  }
  language_info = {
    auto_detect       = true
    fallback_language = logto_custom_phrase.french.language_tag
  }
  terms_of_use_url   = "https://www.example.com/terms"
  privacy_policy_url = "https://www.example.com/privacy"
  support_email      = "help@example.com"

  sign_up = {
    identifiers = ["email"]
    password    = true
    verify      = true
  }
  sign_in = {
    methods = [{
      identifier          = "email"
      password            = true
      verification_code   = logto_connector.email.type == "Email"
      is_password_primary = true
    }]
  }
  forgot_password_methods          = ["EmailVerificationCode"]
  social_sign_in_connector_targets = [logto_connector.google.target, logto_connector.github.target]
  social_sign_in                   = { automatic_account_linking = true }
  single_sign_on_enabled           = true
  sign_up_profile_fields           = [logto_custom_profile_field.company.name]

  mfa = {
    factors = ["Totp", "WebAuthn", "BackupCode"]
    policy  = "PromptAtSignInAndSignUp"
  }
  password_policy = {
    length  = { min = 12 }
    rejects = { pwned = true, words = ["example"] }
  }
  sentinel_policy = {
    max_attempts     = 10
    lockout_duration = 30
  }

  depends_on = [logto_custom_phrase.swedish]
}

resource "logto_account_center" "this" {
  enabled = true
  fields = {
    name     = "Edit"
    email    = "Edit"
    password = "Edit"
    mfa      = "Edit"
    social   = "ReadOnly"
  }
}

# What tokens say, and how long users stay signed in.

resource "logto_jwt_customizer" "access_token" {
  token_type = "access-token"
  script     = <<-EOT
    const getCustomJwtClaims = async ({ context, environmentVariables }) => {
      const organizations = context.user?.organizations ?? [];
      return { region: environmentVariables.REGION, organizations: organizations.map(({ name }) => name) };
    };
  EOT

  environment_variables = { REGION = "eu" }
}

resource "logto_oidc_session_config" "this" {
  ttl = 604800
}

# The API, and who can call it.

resource "logto_api_resource" "projects" {
  name      = "Projects"
  indicator = "https://api.example.com/projects"
  scopes = {
    "read:projects"  = { description = "See projects" }
    "write:projects" = { description = "Create and change projects" }
  }
}

resource "logto_role" "importer" {
  name        = "Importer"
  description = "Writes projects that come from elsewhere"
  type        = "MachineToMachine"
  scope_ids   = [for scope in logto_api_resource.projects.scopes : scope.id]
}

resource "logto_application" "web" {
  name                      = "Web"
  type                      = "SPA"
  redirect_uris             = ["https://app.example.com/callback"]
  post_logout_redirect_uris = ["https://app.example.com"]
  cors_allowed_origins      = ["https://app.example.com"]
}

resource "logto_application" "importer" {
  name     = "Import"
  type     = "MachineToMachine"
  role_ids = [logto_role.importer.id]
}

# What customers are: each is an organization with these scopes and roles.

resource "logto_organization_scope" "invite" {
  name        = "invite:member"
  description = "Invite members"
}

resource "logto_organization_role" "admin" {
  name               = "Admin"
  description        = "Runs the organization"
  scope_ids          = [logto_organization_scope.invite.id]
  resource_scope_ids = [for scope in logto_api_resource.projects.scopes : scope.id]
}

resource "logto_organization_role" "member" {
  name               = "Member"
  description        = "Works in the organization"
  resource_scope_ids = [logto_api_resource.projects.scopes["read:projects"].id]
}

resource "logto_organization" "globex" {
  name            = "Globex"
  is_mfa_required = true
  jit = {
    email_domains     = ["globex.example.com"]
    role_ids          = [logto_organization_role.member.id]
    sso_connector_ids = [logto_sso_connector.globex.id]
  }
}

# Our back end is told who joins and leaves, the security team of passwords.

resource "logto_hook" "people" {
  name   = "People"
  url    = "https://api.example.com/hooks/logto"
  events = ["User.Created", "User.Deleted", "Organization.Membership.Updated"]
}

resource "logto_hook" "passwords" {
  name    = "Passwords"
  url     = "https://security.example.com/hooks/logto"
  events  = ["PostResetPassword"]
  headers = var.security_headers
}
