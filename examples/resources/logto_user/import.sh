terraform import logto_user.jane u1b2c3d4e5f6
