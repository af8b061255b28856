data "logto_custom_profile_fields" "choices" {
  type = "Select"
}
