terraform import logto_custom_phrase.swedish sv-SE
