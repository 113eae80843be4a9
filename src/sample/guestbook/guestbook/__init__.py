"""A guestbook that forgets its guests."""
