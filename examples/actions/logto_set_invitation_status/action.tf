# terraform apply -invoke=action.logto_set_invitation_status.jane
action "logto_set_invitation_status" "jane" {
  config {
    invitation_id = "i1a2b3c4d5e6f7g8h9i0j"
    status        = "Revoked"
  }
}
