"""What the articles of one event say together: claims, figures, names, contradictions, the published view."""
