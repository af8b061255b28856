data "logto_username_case_conflicts" "all" {}

# Usernames can become case-insensitive only while there are no conflicts.
check "usernames" {
  assert {
    condition     = data.logto_username_case_conflicts.all.total == 0
    error_message = "Several users have these usernames: ${join(", ", data.logto_username_case_conflicts.all.username_case_conflicts[*].username)}."
  }
}
