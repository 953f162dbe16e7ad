"""The one person that most tests of accounts are about."""

NUMBER = "199001012015042001"
EMAIL = "ayu@contoh.test"
PASSWORD = "kopi-tubruk-17-gelas"
