//! The boundary in a real browser: types, nulls, errors and streaming as JavaScript sees them.
//!
//! What a package is judged to be is tested natively; here only what crosses counts.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test, with the line")]
#![expect(clippy::float_cmp, reason = "whole numbers cross as they are")]

use gallery_packager::wasm::{self, Press, Session};
use js_sys::{Array, Function, JSON, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

#[wasm_bindgen(inline_js = r#"
export function source(files) {
  return {
    prefetched: [],
    read(file, offset, length) {
      const bytes = files[file];
      if (!(bytes instanceof Uint8Array)) throw bytes;
      return bytes.subarray(offset, offset + length);
    },
    prefetch(files) {
      this.prefetched.push(files instanceof Uint32Array);
    },
  };
}
// The paths of what is `undefined` in a value: `answers`, `detection.0.line`.
export function undefinedIn(value, path = '') {
  if (value === undefined) return [path];
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return [];
  return Object.entries(value).flatMap(([key, inside]) => undefinedIn(inside, path ? `${path}.${key}` : key));
}
"#)]
extern "C" {
    fn source(files: &Array) -> JsValue;
    #[wasm_bindgen(js_name = undefinedIn)]
    fn undefined_in(value: &JsValue) -> Array;
}

/// A session as JavaScript holds it, over these files.
fn session(files: &[JsValue]) -> (JsValue, JsValue) {
    let source = source(&files.iter().collect());
    (JsValue::from(Session::new(source.clone().unchecked_into())), source)
}

fn bytes(text: &str) -> JsValue {
    Uint8Array::from(text.as_bytes()).into()
}

fn json(text: &str) -> JsValue {
    JSON::parse(text).unwrap()
}

fn get(value: &JsValue, path: &str) -> JsValue {
    path.split('.').fold(value.clone(), |value, key| Reflect::get(&value, &key.into()).unwrap())
}

fn string(value: &JsValue, path: &str) -> String {
    get(value, path).as_string().unwrap()
}

fn number(value: &JsValue, path: &str) -> f64 {
    get(value, path).as_f64().unwrap()
}

fn call(session: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = get(session, method).unchecked_into();
    method.apply(session, &arguments.iter().collect())
}

/// Calls what must throw: its code, its message and its path.
fn thrown(session: &JsValue, method: &str, arguments: &[JsValue]) -> (String, String, Option<String>) {
    let error = call(session, method, arguments).unwrap_err();
    assert!(error.is_instance_of::<js_sys::Error>(), "{method} threw something else than an Error");
    (string(&error, "code"), string(&error, "message"), get(&error, "path").as_string())
}

fn failure(code: &str, message: &str, path: Option<&str>) -> (String, String, Option<String>) {
    (code.to_owned(), message.to_owned(), path.map(str::to_owned))
}

const APP: &str = "def application(environ, start_response):\n    start_response('200 OK', [])\n    return []\n";

/// The arguments of `openFolder` for files of these sizes.
fn folder(name: &str, files: &[(&str, usize)]) -> [JsValue; 3] {
    let entry = |(path, size): &(&str, usize)| {
        json(&format!(r#"{{"path": "{path}", "folder": false, "size": {size}, "modified": 1700000000000}}"#))
    };
    [name.into(), files.iter().map(entry).collect::<Array>().into(), Array::new().into()]
}

/// A session with a small application in it.
fn application() -> JsValue {
    let (session, _) = session(&[bytes(APP)]);
    call(&session, "openFolder", &folder("shop", &[("wsgi.py", APP.len())])).unwrap();
    session
}

fn empty() -> JsValue {
    Object::new().into()
}

/// Builds the package: its bytes, and the start.
fn build(session: &JsValue) -> (Vec<u8>, JsValue) {
    let start = call(session, "beginBuild", &[json(r#"{"now": 1700000000000}"#)]).unwrap();
    let mut out = Vec::new();
    loop {
        let piece = call(session, "nextPiece", &[]).unwrap();
        if piece.is_undefined() {
            return (out, start);
        }
        let bytes: Uint8Array = get(&piece, "bytes").dyn_into().unwrap();
        assert!(number(&piece, "files") <= number(&start, "files"));
        assert!(number(&piece, "read") <= number(&start, "bytes"));
        lay(&mut out, number(&piece, "offset"), &bytes.to_vec());
    }
}

/// Pieces come in any order.
fn lay(out: &mut Vec<u8>, offset: f64, bytes: &[u8]) {
    assert!(offset >= 0.0 && offset.fract() == 0.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small whole number")]
    let start = offset as usize;
    let end = start + bytes.len();
    out.resize(out.len().max(end), 0);
    out.get_mut(start..end).unwrap().copy_from_slice(bytes);
}

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
fn every_byte_is_checked_in_steps() {
    let verified = |session: &JsValue| call(session, "verifyNext", &[]).unwrap();
    let of_a_folder = verified(&application());
    assert_eq!((get(&of_a_folder, "done"), number(&of_a_folder, "totalFiles")), (JsValue::TRUE, 0.0));
    let (mut zip, start) = build(&application());
    let name = zip.windows(7).position(|window| window == b"wsgi.py").unwrap();
    *zip.get_mut(name + 12).unwrap() ^= 0x55;
    let (damaged, _) = session(&[Uint8Array::from(&*zip).into()]);
    call(&damaged, "openZip", &["shop.zip".into(), JsValue::from_f64(f64::from(u32::try_from(zip.len()).unwrap()))])
        .unwrap();
    let seen = verified(&damaged);
    assert_eq!(get(&seen, "done"), JsValue::TRUE);
    assert_eq!(number(&seen, "files"), number(&start, "files"));
    assert_eq!((number(&seen, "totalFiles"), number(&seen, "damaged")), (number(&start, "files"), 1.0));
}

/// What a worker does with the orders of a ZIP.
#[wasm_bindgen_test]
fn every_byte_is_checked_by_orders() {
    assert_eq!(Array::from(&call(&application(), "verifyOrders", &[]).unwrap()).length(), 0);
    let (mut zip, start) = build(&application());
    let name = zip.windows(7).position(|window| window == b"wsgi.py").unwrap();
    *zip.get_mut(name + 12).unwrap() ^= 0x55;
    let size = f64::from(u32::try_from(zip.len()).unwrap());
    let (damaged, _) = session(&[Uint8Array::from(&*zip).into()]);
    call(&damaged, "openZip", &["shop.zip".into(), size.into()]).unwrap();
    let mut checker = gallery_packager::wasm::Checker::new();
    let orders = Array::from(&call(&damaged, "verifyOrders", &[]).unwrap());
    assert!(orders.length() > 0);
    for order in orders.iter() {
        checker.begin(&Uint8Array::from(get(&order, "records")).to_vec(), size);
        while !checker.step() {
            if let Some(from) = checker.from() {
                assert!(from >= number(&order, "from") && checker.to() == Some(size));
                checker.put(0.0, zip.clone());
            }
        }
        let faults = Uint8Array::from(&*checker.faults()).into();
        let seen = call(&damaged, "verifyDone", &[get(&order, "number"), faults, checker.bytes().into()]).unwrap();
        assert_eq!(number(&seen, "damaged"), 1.0);
        assert_eq!((get(&seen, "done"), number(&seen, "files")), (JsValue::TRUE, number(&start, "files")));
    }
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

/// A package that lacks its parameters.
const BROKEN: &str = r#"<MSDeploy.iisApp><iisApp path="shop" /></MSDeploy.iisApp>"#;

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
fn junk_is_a_plain_object() {
    let (session, _) = session(&[]);
    let class = get(&session, "constructor");
    let junk = call(&class, "junk", &[]).unwrap();
    assert!(Reflect::get(&get(&junk, "names"), &".git".into()).unwrap().is_string());
    assert!(Reflect::get(&get(&junk, "markers"), &"pyvenv.cfg".into()).unwrap().is_string());
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
