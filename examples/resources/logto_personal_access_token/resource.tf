resource "logto_user" "robot" {
  username = "release_robot"
}

resource "logto_personal_access_token" "release" {
  user_id    = logto_user.robot.id
  name       = "release"
  expires_at = "2040-01-01T00:00:00Z"
}

output "release_token" {
  value     = logto_personal_access_token.release.value
  sensitive = true
}
