resource "logto_application" "shop" {
  name = "Shop"
  type = "SPA"
}

# By name, where only one application has it; also by id.
data "logto_application" "shop" {
  name = logto_application.shop.name
}
