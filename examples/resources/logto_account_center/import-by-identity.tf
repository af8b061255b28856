import {
  to = logto_account_center.main
  identity = {
    id = "default"
  }
}
