resource "logto_custom_profile_field" "nickname" {
  name     = "nickname"
  type     = "Text"
  label    = "Nickname"
  required = true
  config = {
    placeholder = "Jane"
    min_length  = 2
    max_length  = 20
  }
}

resource "logto_custom_profile_field" "size" {
  name = "shirtSize"
  type = "Select"
  config = {
    options = [
      { value = "s", label = "Small" },
      { value = "l", label = "Large" },
    ]
  }
}

# The fields that users fill in at sign-up, in this order.
resource "logto_sign_in_experience" "main" {
  sign_up_profile_fields = [
    logto_custom_profile_field.nickname.name,
    logto_custom_profile_field.size.name,
  ]
}
