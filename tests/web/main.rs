//! The boundary in a real browser: types, nulls, errors and streaming as JavaScript sees them.
//!
//! What a package is judged to be is tested natively; here only what crosses counts.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test, with the line")]
#![expect(clippy::float_cmp, reason = "whole numbers cross as they are")]

use wasm_bindgen_test::wasm_bindgen_test_configure;

mod changes;
mod folders;
mod packages;
mod refusals;
mod reports;
mod support;
mod verifying;

wasm_bindgen_test_configure!(run_in_dedicated_worker);
