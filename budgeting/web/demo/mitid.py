"""The demo's stand-in for MitID: choose who you are, and be sent back with a signed word on it."""

from urllib.parse import urlencode

from flask import abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from budgeting.demo import stand_in
from budgeting.demo.stand_in import NotAnswered, Question
from budgeting.extensions import csrf
from budgeting.web import access
from budgeting.web.demo import bp
from budgeting.web.outgoing import outside


@bp.get("/mitid/.well-known/openid-configuration")
@access.public
def mitid_metadata() -> ResponseReturnValue:
    return {
        "issuer": _issuer(),
        "authorization_endpoint": outside(url_for("demo.mitid_choose")),
        "token_endpoint": outside(url_for("demo.mitid_token")),
        "jwks_uri": outside(url_for("demo.mitid_keys")),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": [stand_in.ALGORITHM],
        "code_challenge_methods_supported": ["S256"],
    }


@bp.get("/mitid/noegler")
@access.public
def mitid_keys() -> ResponseReturnValue:
    return stand_in.public_keys()


@bp.get("/mitid")
@access.public
def mitid_choose() -> ResponseReturnValue:
    _question()
    return render_template("demo/mitid.html", people=stand_in.people(g.now), cancel=_cancelled())


@bp.post("/mitid/<key>")
@access.public
def mitid_be(key: str) -> ResponseReturnValue:
    if key not in {person.key for person in stand_in.people(g.now)}:
        abort(404)
    question = _question()
    return _back(question, code=stand_in.make_code(question, key))


@bp.post("/mitid/token")
@access.public
@csrf.exempt
def mitid_token() -> ResponseReturnValue:
    secret = request.authorization.password if request.authorization else None
    try:
        token = stand_in.make_token(request.form, secret or "", issuer=_issuer(), now=g.now)
    except NotAnswered:
        return {"error": "invalid_grant"}, 400
    return {"access_token": "nothing", "token_type": "Bearer", "id_token": token}


def _question() -> Question:
    """Return the question in the address; a page opened by hand has none."""
    try:
        return stand_in.read_question(request.args, back_to=_back_to())
    except NotAnswered:
        abort(404)


def _cancelled() -> str:
    question = _question()
    return (
        f"{question.redirect_uri}?{urlencode({'state': question.state, 'error': 'access_denied'})}"
    )


def _back(question: Question, *, code: str) -> ResponseReturnValue:
    answer = {"code": code, "state": question.state, "iss": _issuer()}
    return redirect(f"{question.redirect_uri}?{urlencode(answer)}")


def _issuer() -> str:
    return str(outside("/demo/mitid"))


def _back_to() -> str:
    return str(outside(url_for("citizen.openid_return")))
