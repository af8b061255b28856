resource "logto_user" "robot" {
  username = "robot"
}

# Made when Terraform needs it, and deleted when it is done.
ephemeral "logto_personal_access_token" "robot" {
  user_id = logto_user.robot.id
}
