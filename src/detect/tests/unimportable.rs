//! What cannot be imported under its name.

use super::*;

#[test]
fn a_module_without_a_name_is_loaded_by_its_path() {
    for (file, name) in
        [("my-app.py", "gallery_my_app"), ("2shop.py", "gallery__2shop"), ("my-shop/__init__.py", "gallery_my_shop")]
    {
        let list = [(file, FLASK), ("helpers.py", "import os\n")];
        assert_eq!(
            best(&list),
            format!(
                "Flask gallery_loader.application by File {{ file: \"{file}\", name: \"{name}\", object: \"app\", call: false }}"
            )
        );
        assert!(missing(&list).contains("is no name in Python"), "{}", missing(&list));
        // Its imports count, although nothing can import it.
        let files = files(&list);
        let needed = detect(&files.contents()).dependencies.list;
        assert!(needed.iter().any(|own| own.project == "Flask"), "{needed:?}");
    }
    assert_eq!(best(&[("my-app.py", FLASK), ("wsgi.py", FLASK)]), "Flask wsgi.app");
}

#[test]
fn a_module_that_python_has_too_is_loaded_by_its_path() {
    let list = [("site.py", FLASK)];
    assert!(best(&list).contains("by File { file: \"site.py\", name: \"gallery_site\""), "{}", best(&list));
    assert!(missing(&list).contains("Python has a module `site` of its own"), "{}", missing(&list));
    // A module that is loaded later is the application's.
    assert_eq!(best(&[("code.py", FLASK)]), "Flask code.app");
    let package = [("types/__init__.py", ""), ("types/app.py", FLASK)];
    assert!(best(&package).starts_with("none: "), "{}", best(&package));
    assert!(missing(&package).contains("Rename the folder `types`"), "{}", missing(&package));
}
