"""intake: texts come into the corpus and go out of it, each time wholly or not at all.

First everything is read and decided, then it is carried out: the files are copied, and the new
manifest is put in place as the last step.
"""
