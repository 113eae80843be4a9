//! A session as JavaScript holds it.

use gallery_packager::wasm::Session;
use js_sys::{Array, Function, JSON, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

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
    pub(crate) fn undefined_in(value: &JsValue) -> Array;
}

/// A session as JavaScript holds it, over these files.
pub(crate) fn session(files: &[JsValue]) -> (JsValue, JsValue) {
    let source = source(&files.iter().collect());
    (JsValue::from(Session::new(source.clone().unchecked_into())), source)
}

pub(crate) fn bytes(text: &str) -> JsValue {
    Uint8Array::from(text.as_bytes()).into()
}

pub(crate) fn json(text: &str) -> JsValue {
    JSON::parse(text).unwrap()
}

pub(crate) fn get(value: &JsValue, path: &str) -> JsValue {
    path.split('.').fold(value.clone(), |value, key| Reflect::get(&value, &key.into()).unwrap())
}

pub(crate) fn string(value: &JsValue, path: &str) -> String {
    get(value, path).as_string().unwrap()
}

pub(crate) fn number(value: &JsValue, path: &str) -> f64 {
    get(value, path).as_f64().unwrap()
}

pub(crate) fn call(session: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = get(session, method).unchecked_into();
    method.apply(session, &arguments.iter().collect())
}

/// Calls what must throw: its code, its message and its path.
pub(crate) fn thrown(session: &JsValue, method: &str, arguments: &[JsValue]) -> (String, String, Option<String>) {
    let error = call(session, method, arguments).unwrap_err();
    assert!(error.is_instance_of::<js_sys::Error>(), "{method} threw something else than an Error");
    (string(&error, "code"), string(&error, "message"), get(&error, "path").as_string())
}

pub(crate) fn failure(code: &str, message: &str, path: Option<&str>) -> (String, String, Option<String>) {
    (code.to_owned(), message.to_owned(), path.map(str::to_owned))
}

pub(crate) const APP: &str =
    "def application(environ, start_response):\n    start_response('200 OK', [])\n    return []\n";

/// The arguments of `openFolder` for files of these sizes.
pub(crate) fn folder(name: &str, files: &[(&str, usize)]) -> [JsValue; 3] {
    let entry = |(path, size): &(&str, usize)| {
        json(&format!(r#"{{"path": "{path}", "folder": false, "size": {size}, "modified": 1700000000000}}"#))
    };
    [name.into(), files.iter().map(entry).collect::<Array>().into(), Array::new().into()]
}

/// A session with a small application in it.
pub(crate) fn application() -> JsValue {
    let (session, _) = session(&[bytes(APP)]);
    call(&session, "openFolder", &folder("shop", &[("wsgi.py", APP.len())])).unwrap();
    session
}

pub(crate) fn empty() -> JsValue {
    Object::new().into()
}

/// Builds the package: its bytes, and the start.
pub(crate) fn build(session: &JsValue) -> (Vec<u8>, JsValue) {
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
pub(crate) fn lay(out: &mut Vec<u8>, offset: f64, bytes: &[u8]) {
    assert!(offset >= 0.0 && offset.fract() == 0.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small whole number")]
    let start = offset as usize;
    let end = start + bytes.len();
    out.resize(out.len().max(end), 0);
    out.get_mut(start..end).unwrap().copy_from_slice(bytes);
}
