import {
  to = logto_account_center.main
  id = "default"
}
