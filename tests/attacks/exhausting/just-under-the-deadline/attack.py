# %%
import sys
import time

SECONDS = 2.5


def find_worker():
    """What answers questions in this process, from the frame that keeps it."""
    frame = sys._getframe()
    while frame.f_back is not None and "worker" not in frame.f_locals:
        frame = frame.f_back
    return frame.f_locals["worker"]


questions = find_worker()._questions
answer = questions.answer


def answer_slowly(request):
    time.sleep(SECONDS)
    return answer(request)


questions.answer = answer_slowly
print("every answer takes this long:", SECONDS)
