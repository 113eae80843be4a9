//! A folder: listed part by part, opened, and grown when more of it is asked for.

use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::error::Failure;
use super::{Answer, Session, convert, from_js, types};
use crate::pipeline::{self, Arrivals};

#[wasm_bindgen]
impl Session {
    /// Takes a part of a folder that is still being listed, so that workers have something to do.
    /// `openFolder` takes the rest.
    pub fn list(
        &mut self,
        name: &str,
        #[wasm_bindgen(unchecked_param_type = "ListedEntry[]")] entries: JsValue,
    ) -> Answer<()> {
        let entries: Vec<types::ListedEntry> = from_js(entries)?;
        let source = Rc::clone(&self.files) as Rc<dyn crate::contents::Source>;
        let arrivals = self.arrivals.get_or_insert_with(|| Arrivals::new(name, source));
        self.files.add_names(entries.iter().map(|entry| entry.path.clone()));
        let first = u32::try_from(arrivals.count()).unwrap_or(u32::MAX);
        arrivals.add(entries.into_iter().zip(first..).map(convert::listed).collect());
        Ok(())
    }

    /// Takes a folder, or what is left of one: its files are numbered as they are listed.
    #[wasm_bindgen(js_name = openFolder)]
    pub fn open_folder(
        &mut self,
        name: &str,
        #[wasm_bindgen(unchecked_param_type = "ListedEntry[]")] entries: JsValue,
        #[wasm_bindgen(unchecked_param_type = "SkippedFolder[]")] skipped: JsValue,
    ) -> Answer<()> {
        let skipped: Vec<types::SkippedFolder> = from_js(skipped)?;
        self.list(name, entries)?;
        let Some(arrivals) = self.arrivals.take().filter(Arrivals::has_files) else {
            return Err(Failure::empty(name).into());
        };
        let skipped = skipped.into_iter().map(convert::left_out).collect();
        self.take(pipeline::Session::arrived(name, arrivals, skipped));
        Ok(())
    }

    /// Takes what more of the folder was read since it was opened, with the number of each in the source, and
    /// all that is not read now. What is known of the rest, and what was made of it, stays.
    pub fn grow(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "ListedEntry[]")] entries: JsValue,
        numbers: Vec<u32>,
        #[wasm_bindgen(unchecked_param_type = "SkippedFolder[]")] skipped: JsValue,
    ) -> Answer<()> {
        let entries: Vec<types::ListedEntry> = from_js(entries)?;
        let skipped: Vec<types::SkippedFolder> = from_js(skipped)?;
        for (entry, number) in entries.iter().zip(&numbers) {
            self.files.set_name(*number, &entry.path);
        }
        let entries = entries.into_iter().zip(numbers).map(convert::listed).collect();
        self.session()?.grow(entries, skipped.into_iter().map(convert::left_out).collect());
        Ok(())
    }
}
