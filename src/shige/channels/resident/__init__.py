"""The pages for residents: phone first, no account, one decision a screen."""
