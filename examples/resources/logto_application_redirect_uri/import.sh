terraform import logto_application_redirect_uri.preview a1b2c3d4e5f6g7h8i9j0k/sign_in/https://pr-42.preview.example.com/callback
