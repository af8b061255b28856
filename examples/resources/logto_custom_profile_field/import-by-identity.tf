import {
  to = logto_custom_profile_field.nickname
  identity = {
    name = "nickname"
  }
}
