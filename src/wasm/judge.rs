//! The engine's own regular expressions, for what ours cannot judge.

use js_sys::JsString;
use wasm_bindgen::prelude::*;

use crate::model::expression::Judge;
use crate::text::Span;

#[wasm_bindgen]
extern "C" {
    type RegExp;

    #[wasm_bindgen(constructor, catch)]
    fn new(pattern: &str, flags: &str) -> Result<RegExp, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn exec(this: &RegExp, text: &JsString) -> Result<Option<Match>, JsValue>;

    #[wasm_bindgen(method, getter, js_name = lastIndex)]
    fn last_index(this: &RegExp) -> u32;

    #[wasm_bindgen(method, setter, js_name = lastIndex)]
    fn set_last_index(this: &RegExp, index: u32);

    type Match;

    #[wasm_bindgen(method, getter)]
    fn index(this: &Match) -> u32;
}

/// `RegExp` of the browser, or of Node.
pub(super) struct Engine;

impl Judge for Engine {
    fn find(&self, pattern: &str, text: &str, most: usize) -> Option<Vec<Span>> {
        let expression = RegExp::new(pattern, "giu").ok()?;
        let whole = JsString::from(text);
        let mut units = Units { text, unit: 0, byte: 0 };
        let mut found = Vec::new();
        while found.len() < most {
            let Some(hit) = expression.exec(&whole).ok()? else { break };
            let end = expression.last_index();
            let span = Span::new(units.byte_of(hit.index()), units.byte_of(end));
            if span.start == span.end {
                // Past the next character, or it is found for ever.
                let Some(next) = text.get(span.end..).and_then(|rest| rest.chars().next()) else {
                    found.push(span);
                    break;
                };
                expression.set_last_index(end + u32::try_from(next.len_utf16()).unwrap_or(1));
            }
            found.push(span);
        }
        Some(found)
    }
}

/// Goes through a text, counting as JavaScript does.
struct Units<'t> {
    text: &'t str,
    unit: u32,
    byte: usize,
}

impl Units<'_> {
    /// The byte of a unit that is not before the last one asked for.
    fn byte_of(&mut self, unit: u32) -> usize {
        let rest = self.text.get(self.byte..).unwrap_or("");
        for char in rest.chars() {
            if self.unit >= unit {
                break;
            }
            self.unit += u32::try_from(char.len_utf16()).unwrap_or(1);
            self.byte += char.len_utf8();
        }
        self.byte
    }
}
