import {
  to = logto_dynamic_app.this
  identity = {
    id = "default"
  }
}
