"""One contestant of `cargo xtask bench peers`, asked line by line.

    worker.py NAME serve                 the first line is the setup; each further one is a question and has one answer
    worker.py NAME cold SETUP EPOCH      nanoseconds from EPOCH to the first signed request

NAME is a module beside this one, or `bare`: the interpreter alone.
"""

import sys
import time


def main():
    name, mode, *arguments = sys.argv[1:]
    if mode == "cold":
        cold(name, *arguments)
    else:
        serve(name)


def cold(name, path, epoch):
    if name != "bare":
        import json

        with open(path, encoding="utf-8") as file:
            setup = json.load(file)
        contestant(name)(setup, setup["mchid"]).sign()
    print('{"ns":%d}' % (time.time_ns() - int(epoch)))


def contestant(name):
    return __import__(name).Contestant


def serve(name):
    import json

    from questions import Questions

    setup = json.loads(sys.stdin.readline())
    asked = Questions(contestant(name), setup)
    print("{}", flush=True)
    for line in sys.stdin:
        question = json.loads(line)
        try:
            answer = getattr(asked, question.pop("op"))(**question)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


main()
