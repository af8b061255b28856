import {
  to = logto_dynamic_app.this
  id = "default"
}
