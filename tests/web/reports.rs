//! A report, and what it is rendered as.

use js_sys::{Array, JSON};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{
    application, bytes, call, empty, folder, get, json, number, session, string, thrown, undefined_in,
};

/// Look-around and letters beyond ASCII are judged by the engine itself, in its own units.
#[wasm_bindgen_test]
fn the_engine_judges_what_the_core_cannot() {
    let manifest = "<m><iisApp path='shop'/></m>";
    let parameters = "<parameters><parameter name='A'>\
        <parameterEntry type='TextFile' scope='\\\\a\\.txt$' match='(?&lt;=Gr\u{f6}\u{df}e:\\s*)\\w+$'/>\
        <parameterEntry type='TextFile' scope='\\\\a\\.txt$' match='(a)\\1'/></parameter></parameters>";
    let text = "\u{1f40d}\nGR\u{d6}\u{df}E: \u{1f40d}\nX \u{1f40d} Gr\u{f6}\u{df}e: \u{e4}b\n";
    let files = [("Manifest.xml", manifest), ("Parameters.xml", parameters), ("shop/a.txt", text)];
    let (session, _) = session(&files.map(|(_, text)| bytes(text)));
    call(&session, "openFolder", &folder("shop", &files.map(|(name, text)| (name, text.len())))).unwrap();
    let report = call(&session, "check", &[empty()]).unwrap();
    let hit = get(&report, "parameters.0.entries.0.hits.0");
    assert_eq!(string(&hit, "text"), "\u{e4}b");
    assert_eq!((number(&hit, "line"), number(&hit, "column")), (3.0, 13.0));
    assert_eq!(number(&report, "parameters.0.entries.0.hits.length"), 1.0);
    assert_eq!(string(&report, "parameters.0.entries.1.note"), "it refers back to a group");
}

#[wasm_bindgen_test]
fn a_report_has_null_where_there_is_nothing() {
    let report = call(&application(), "check", &[empty()]).unwrap();
    assert_eq!(undefined_in(&report).length(), 0, "{:?}", undefined_in(&report));
    assert_eq!(number(&report, "version"), 1.0);
    assert_eq!(string(&report, "profile"), "gallery");
    assert_eq!(string(&report, "input.container"), "folder");
    assert_eq!(string(&report, "detection.entryPoint"), "wsgi:application");
    assert!(get(&report, "detection.settings").is_null());
    assert!(get(&report, "diagnostics").is_instance_of::<Array>());
    assert_eq!(number(&report, "counts.errors"), 0.0);
}

#[wasm_bindgen_test]
fn a_report_is_an_object_that_json_takes_whole() {
    let report = call(&application(), "check", &[empty()]).unwrap();
    let text = JSON::stringify(&report).unwrap();
    let again = JSON::parse(&text.as_string().unwrap()).unwrap();
    assert_eq!(JSON::stringify(&again).unwrap(), text);
}

#[wasm_bindgen_test]
fn the_last_report_is_rendered_in_every_format() {
    let session = application();
    call(&session, "check", &[json(r#"{"profile": "webdeploy"}"#)]).unwrap();
    for format in ["text", "sarif", "markdown", "html"] {
        let text = call(&session, "render", &[format.into(), JsValue::UNDEFINED]).unwrap();
        assert!(!text.as_string().unwrap().is_empty(), "{format}");
    }
    assert_eq!(thrown(&session, "render", &["pdf".into(), JsValue::UNDEFINED]).0, "unknown-answer");
}
