terraform import logto_email_template.sign_in en/SignIn
