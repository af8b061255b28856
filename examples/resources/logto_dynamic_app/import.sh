terraform import logto_dynamic_app.this default
