resource "logto_user" "robot" {
  username = "robot"
}

# Terraform creates it when it needs it, and deletes it at the end of the run.
ephemeral "logto_personal_access_token" "robot" {
  user_id = logto_user.robot.id
}
