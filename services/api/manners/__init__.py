"""How the HTTP side behaves: keys, rates, compression, ETags, other origins, its own description."""
