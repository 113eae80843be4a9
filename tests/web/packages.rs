//! A package, piece by piece.

use gallery_packager::wasm::{self, Press};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{
    APP, application, build, bytes, call, empty, failure, get, json, lay, number, session, string, thrown,
};

#[wasm_bindgen_test]
fn the_pieces_are_a_zip_that_opens_again() {
    let (built, start) = build(&application());
    assert_eq!(string(&start, "name"), "shop.zip");
    assert!(number(&start, "files") >= 4.0);
    #[expect(clippy::cast_precision_loss, reason = "a small package")]
    let size = built.len() as f64;
    let (zip, _) = session(&[Uint8Array::from(&*built).into()]);
    call(&zip, "openZip", &["shop.zip".into(), size.into()]).unwrap();
    let report = call(&zip, "check", &[empty()]).unwrap();
    assert_eq!(string(&report, "input.container"), "zip");
    assert_eq!(string(&report, "input.kind"), "gallery-package");
    assert_eq!(number(&report, "counts.errors"), 0.0);
    assert_eq!(number(&report, "counts.warnings"), 0.0);
    assert_eq!(number(&report, "input.files"), number(&start, "files"));
}

#[wasm_bindgen_test]
fn the_same_build_gives_the_same_bytes() {
    let session = application();
    assert!(build(&session).0 == build(&session).0);
}

#[wasm_bindgen_test]
fn nothing_comes_after_the_last_piece() {
    let session = application();
    build(&session);
    let expected = failure("internal", "no package is being written", None);
    assert_eq!(thrown(&session, "nextPiece", &[]), expected);
}

#[wasm_bindgen_test]
fn a_press_makes_what_the_package_would_make() {
    let session = application();
    let (here, _) = build(&session);
    let jobs: Array = call(&session, "jobs", &[]).unwrap().dyn_into().unwrap();
    assert_eq!(jobs.length(), 1);
    let job = jobs.get(0);
    let (job_number, records) = (get(&job, "number"), get(&job, "records"));
    assert_eq!((number(&job, "bytes").to_string(), get(&job, "large")), (APP.len().to_string(), JsValue::FALSE));
    let press = JsValue::from(Press::new());
    let pressed = call(&press, "pack", &[records, bytes(APP)]).unwrap();
    call(&session, "jobDone", &[job_number.clone(), pressed.clone()]).unwrap();
    let at = |key| number(&press, key).to_string().parse::<u32>().unwrap();
    let (from, length) = (at("madeAt"), at("madeLength"));
    // A copy of JavaScript's own: the memory may grow while it comes back here.
    let made = Uint8Array::new(&get(&wasm::core_memory(), "buffer")).slice(from, from + length).to_vec();
    call(&session, "beginBuild", &[json(r#"{"now": 1700000000000}"#)]).unwrap();
    let mut out = Vec::new();
    loop {
        let piece = call(&session, "nextPiece", &[]).unwrap();
        if piece.is_undefined() {
            break;
        }
        let bytes = if get(&piece, "job") == job_number {
            let at = |key| number(&piece, key).to_string().parse::<usize>().unwrap();
            made.get(at("from")..at("to")).unwrap().to_vec()
        } else {
            let bytes: Uint8Array = get(&piece, "bytes").dyn_into().unwrap();
            bytes.to_vec()
        };
        lay(&mut out, number(&piece, "offset"), &bytes);
    }
    assert!(out == here);
    assert_eq!(thrown(&session, "jobDone", &[job_number, pressed]).0, "internal");
}

#[wasm_bindgen_test]
fn a_digest_is_sha_256() {
    let digest = |parts: &[&str]| {
        let mut digest = wasm::Digest::new();
        for part in parts {
            digest.update(&Uint8Array::from(part.as_bytes()));
        }
        digest.finish()
    };
    // FIPS 180-2, appendix B.
    assert_eq!(digest(&[]), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_eq!(digest(&["a", "", "bc"]), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
