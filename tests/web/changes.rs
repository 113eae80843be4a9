//! Texts that are edited, and fixes.

use js_sys::{Array, JSON};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{APP, application, bytes, call, empty, folder, get, session, string, thrown, undefined_in};

/// A package that lacks its parameters.
const BROKEN: &str = r#"<MSDeploy.iisApp><iisApp path="shop" /></MSDeploy.iisApp>"#;

#[wasm_bindgen_test]
fn a_text_is_changed_and_taken_back() {
    let session = application();
    let path = JsValue::from("Manifest.xml");
    let text = |session: &JsValue| {
        let report = call(session, "check", &[empty()]).unwrap();
        let shown: Array = get(&report, "shown").unchecked_into();
        let file = shown.iter().find(|file| get(file, "path") == path).unwrap();
        (string(&file, "text"), string(&file, "state"))
    };
    let before = text(&session);
    call(&session, "setText", &[path.clone(), "<other/>".into()]).unwrap();
    assert_eq!(text(&session).0, "<other/>");
    call(&session, "setText", &[path.clone(), JsValue::NULL]).unwrap();
    assert_eq!(text(&session), before);
    let error = thrown(&session, "setText", &["../x".into(), "".into()]);
    assert_eq!(error.0, "unknown-answer");
    assert!(error.1.starts_with("`../x`: "), "{}", error.1);
}

#[wasm_bindgen_test]
fn a_fix_is_applied_by_its_id_and_undone() {
    let (session, _) = session(&[bytes(BROKEN), bytes(APP)]);
    let listed = folder("shop.zip", &[("Manifest.xml", BROKEN.len()), ("shop/wsgi.py", APP.len())]);
    call(&session, "openFolder", &listed).unwrap();
    let report = call(&session, "check", &[empty()]).unwrap();
    assert_eq!(undefined_in(&report).length(), 0, "{:?}", undefined_in(&report));
    let diagnostics: Array = get(&report, "diagnostics").unchecked_into();
    let fix = diagnostics.iter().find_map(|each| get(&each, "fixes").unchecked_into::<Array>().iter().next()).unwrap();
    let id = get(&fix, "id");
    assert!(["safe", "review", "by-hand"].contains(&string(&fix, "applicability").as_str()));
    assert_eq!(call(&session, "applyFix", &["no such fix".into()]).unwrap(), JsValue::FALSE);
    assert_eq!(call(&session, "undo", &[]).unwrap(), JsValue::FALSE);
    assert_eq!(call(&session, "applyFix", &[id]).unwrap(), JsValue::TRUE);
    assert_eq!(call(&session, "undo", &[]).unwrap(), JsValue::TRUE);
    let again = call(&session, "check", &[empty()]).unwrap();
    assert_eq!(JSON::stringify(&again).unwrap(), JSON::stringify(&report).unwrap());
    assert!(call(&session, "applySafeFixes", &[]).unwrap().as_f64().is_some());
}
