data "logto_sign_in_experience" "main" {}
