import {
  to = logto_api_resource.orders
  identity = {
    id = "p1b2c3d4e5f6g7h8i9j0k"
  }
}
