"""Do two claims state the same proposition, contradict each other, or neither?"""
