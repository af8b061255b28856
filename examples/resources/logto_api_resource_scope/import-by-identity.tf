import {
  to = logto_api_resource_scope.refund
  identity = {
    resource_id = "p1b2c3d4e5f6g7h8i9j0k"
    id          = "s1b2c3d4e5f6g7h8i9j0k"
  }
}
