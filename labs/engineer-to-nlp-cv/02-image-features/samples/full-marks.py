# score: 20
# why: The reference answers, as they are.
