# Everyone with an email address of the company.
data "logto_users" "staff" {
  search = "%@example.com"
}

output "staff" {
  value = [for u in data.logto_users.staff.users : u.name]
}
