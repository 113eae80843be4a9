//! Every byte of a ZIP.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{application, build, call, get, number, session};

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
