import {
  to = logto_custom_phrase.swedish
  identity = {
    language_tag = "sv-SE"
  }
}
