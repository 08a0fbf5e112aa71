"""Messages handed to the operator's delivery service, such as SMS."""
