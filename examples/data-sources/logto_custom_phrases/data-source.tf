data "logto_custom_phrases" "all" {}
