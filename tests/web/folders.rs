//! What is listed, opened and read.

use gallery_packager::wasm;
use js_sys::{Array, Reflect, Uint8Array, Uint32Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{APP, application, build, bytes, call, empty, folder, get, json, number, session, string};

/// A folder that is listed in parts is the same as one that comes at once.
#[wasm_bindgen_test]
fn a_folder_comes_in_parts() {
    let files = [("a.txt", 3), ("wsgi.py", APP.len())];
    let whole = session(&[bytes("abc"), bytes(APP)]).0;
    call(&whole, "openFolder", &folder("shop", &files)).unwrap();
    let parts = session(&[bytes("abc"), bytes(APP)]).0;
    let [name, first, _] = folder("shop", &files[..1]);
    call(&parts, "list", &[name, first]).unwrap();
    assert_eq!(call(&parts, "jobs", &[]).unwrap().dyn_into::<Array>().unwrap().length(), 0, "too little to begin with");
    call(&parts, "openFolder", &folder("shop", &files[1..])).unwrap();
    assert!(build(&parts).0 == build(&whole).0);
}

/// What is walked later is read by the number that it has in the source, and is as if it had been there.
#[wasm_bindgen_test]
fn a_folder_grows() {
    let files = [bytes(APP), bytes("not asked for"), bytes("abc")];
    let listed = [("wsgi.py", APP.len()), ("media/a.txt", 3)];
    let whole = session(&[bytes(APP), bytes("abc")]).0;
    call(&whole, "openFolder", &folder("shop", &listed)).unwrap();
    let (grown, _) = session(&files);
    let [name, entries, _] = folder("shop", &listed[..1]);
    let skipped = json(r#"[{"path": "media", "folder": true, "reason": "you left it out"}]"#);
    call(&grown, "openFolder", &[name, entries, skipped]).unwrap();
    let report = call(&grown, "check", &[empty()]).unwrap();
    assert_eq!(string(&report, "leftOut.0.path"), "media");
    let [_, entries, none] = folder("shop", &listed[1..]);
    let numbers = Uint32Array::from(&[2][..]).into();
    call(&grown, "grow", &[entries, numbers, none]).unwrap();
    let report = call(&grown, "check", &[empty()]).unwrap();
    assert_eq!(number(&report, "leftOut.length"), 0.0);
    assert!(build(&grown).0 == build(&whole).0);
}

#[wasm_bindgen_test]
fn small_files_are_announced_by_number() {
    let (session, source) = session(&[bytes(APP)]);
    call(&session, "openFolder", &folder("shop", &[("wsgi.py", APP.len())])).unwrap();
    call(&session, "check", &[empty()]).unwrap();
    let announced: Array = get(&source, "prefetched").unchecked_into();
    assert!(announced.length() > 0);
    assert!(announced.iter().all(|typed| typed == JsValue::TRUE), "not a Uint32Array");
}

#[wasm_bindgen_test]
fn a_session_takes_one_input_after_another() {
    let session = application();
    call(&session, "check", &[empty()]).unwrap();
    call(&session, "openFolder", &folder("other", &[("wsgi.py", APP.len())])).unwrap();
    let report = call(&session, "check", &[empty()]).unwrap();
    assert_eq!(string(&report, "input.name"), "other");
    assert_eq!(string(&build(&session).1, "name"), "other.zip");
}

#[wasm_bindgen_test]
fn samples_are_listed_and_given_as_bytes() {
    let samples: Array = wasm::samples().unwrap().unchecked_into();
    assert!(samples.length() > 0);
    for sample in samples.iter() {
        let files: Array = wasm::sample_files(&string(&sample, "id")).unwrap().unchecked_into();
        assert!(files.length() > 0, "{}", string(&sample, "id"));
        assert!(files.iter().all(|file| get(&file, "path").is_string()));
        assert!(files.iter().all(|file| get(&file, "bytes").is_instance_of::<Uint8Array>()));
    }
    assert_eq!(wasm::sample_files("no such sample").unwrap().unchecked_into::<Array>().length(), 0);
}

#[wasm_bindgen_test]
fn junk_is_a_plain_object() {
    let (session, _) = session(&[]);
    let class = get(&session, "constructor");
    let junk = call(&class, "junk", &[]).unwrap();
    assert!(Reflect::get(&get(&junk, "names"), &".git".into()).unwrap().is_string());
    assert!(Reflect::get(&get(&junk, "markers"), &"pyvenv.cfg".into()).unwrap().is_string());
}
