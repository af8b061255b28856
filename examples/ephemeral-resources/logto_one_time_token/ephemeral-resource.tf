# A token for a magic link, good for one sign-in within ten minutes.
ephemeral "logto_one_time_token" "invite" {
  email      = "joe@example.com"
  expires_in = 600
}
