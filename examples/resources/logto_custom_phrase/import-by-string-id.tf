import {
  to = logto_custom_phrase.swedish
  id = "sv-SE"
}
