"""Pages for people: what is on them (pure view models), in which words, and the templates that set them."""
