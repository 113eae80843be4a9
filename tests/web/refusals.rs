//! What is refused, word for word.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{application, bytes, call, empty, failure, folder, json, session, string, thrown};

#[wasm_bindgen_test]
fn a_source_that_throws_names_the_file() {
    let thrower = |error: &str| {
        let (session, _) = session(&[json(error)]);
        call(&session, "openFolder", &folder("shop", &[("wsgi.py", 90)])).unwrap();
        thrown(&session, "check", &[empty()])
    };
    let path = Some("wsgi.py");
    let cases = [
        (r#"{"code": "changed"}"#, failure("changed", "`wsgi.py` changed after it was added", path)),
        (r#"{"code": "missing"}"#, failure("missing", "`wsgi.py` disappeared after it was added", path)),
        (r#"{"code": "denied"}"#, failure("denied", "`wsgi.py` cannot be opened", path)),
        (
            r#"{"code": "changed", "path": "b.py"}"#,
            failure("changed", "`b.py` changed after it was added", Some("b.py")),
        ),
        ("null", failure("denied", "`wsgi.py` cannot be opened", path)),
        (r#""words""#, failure("denied", "`wsgi.py` cannot be opened", path)),
    ];
    for (error, expected) in cases {
        assert_eq!(thrower(error), expected);
    }
}

#[wasm_bindgen_test]
fn an_unknown_answer_is_refused_word_for_word() {
    let session = application();
    let cases = [
        (r#"{"root": "nowhere"}"#, "there is no folder `nowhere` to take as the root"),
        (r#"{"appFolder": "con"}"#, "`con` cannot be the name of a folder on Windows"),
        (r#"{"entryPoint": "a b"}"#, "`a b` is not an entry point: write `module:object` or `module:factory()`"),
    ];
    for (answers, message) in cases {
        assert_eq!(thrown(&session, "setAnswers", &[json(answers)]), failure("unknown-answer", message, None));
    }
    let target = thrown(&session, "setAnswers", &[json(r#"{"target": "moon"}"#)]);
    assert_eq!(target.0, "unknown-answer");
    assert!(target.1.starts_with("there is no target `moon`; there is azure-classic"), "{}", target.1);
    let key = thrown(&session, "setAnswers", &[json(r#"{"entrypoint": "a:b"}"#)]);
    assert_eq!(key.0, "unknown-answer");
    assert!(key.1.starts_with("there is no field `entrypoint`; there is target, interpreter, "), "{}", key.1);
}

#[wasm_bindgen_test]
fn null_and_absence_both_mean_decide() {
    let session = application();
    let answers = r#"{"target": null, "root": null, "entryPoint": null, "pythonPath": null, "excludes": null}"#;
    call(&session, "setAnswers", &[json(answers)]).unwrap();
    call(&session, "setAnswers", &[empty()]).unwrap();
    let report = call(&session, "check", &[json(r#"{"profile": null}"#)]).unwrap();
    assert_eq!(string(&report, "profile"), "gallery");
}

#[wasm_bindgen_test]
fn nothing_works_before_something_is_open() {
    let (session, _) = session(&[]);
    let expected = failure("internal", "nothing was opened", None);
    let calls: [(&str, &[JsValue]); 7] = [
        ("check", &[empty()]),
        ("setAnswers", &[empty()]),
        ("applyFix", &["x".into()]),
        ("applySafeFixes", &[]),
        ("undo", &[]),
        ("setText", &["a".into(), JsValue::NULL]),
        ("beginBuild", &[json(r#"{"now": 0}"#)]),
    ];
    for (method, arguments) in calls {
        assert_eq!(thrown(&session, method, arguments), expected, "{method}");
    }
    assert_eq!(thrown(&session, "nextPiece", &[]), failure("internal", "no package is being written", None));
}

#[wasm_bindgen_test]
fn what_is_no_input_is_refused() {
    let (session, _) = session(&[bytes("this is no ZIP at all, only words")]);
    assert_eq!(
        thrown(&session, "openZip", &["a.zip".into(), 33.into()]),
        failure("not-a-zip", "`a.zip`: the file is a text file, not a ZIP", Some("a.zip"))
    );
    let nothing = ["empty".into(), Array::new().into(), Array::new().into()];
    assert_eq!(thrown(&session, "openFolder", &nothing), failure("empty", "there is no file in `empty`", None));
    let wrong = ["x".into(), 7.into(), Array::new().into()];
    assert_eq!(thrown(&session, "openFolder", &wrong).0, "internal");
}
