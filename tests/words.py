"""Words as a test compares them: the hard space between a number and its unit is a plain one."""


def soft(text):
    return text.replace("\u00a0", " ")
