# terraform apply -invoke=action.logto_clear_sentinel_activities.unlock
action "logto_clear_sentinel_activities" "unlock" {
  config {
    target_type = "User"
    targets     = ["ada@example.com"]
  }
}
