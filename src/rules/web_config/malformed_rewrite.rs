//! WEB016: a rewrite rule that the URL Rewrite module refuses.

use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::fix::{Edit, Fix};
use crate::model::{Value, WebConfig};
use crate::rules::Context;
use crate::rules::configuration::{unknown_choice, widened};
use crate::xml::{self, Element};

declare_rule! {
    /// ## What it does
    /// Looks for rewrite rules without a name, with the name of another, with an empty `match/@url`, with words
    /// that the module does not know, with blanks around a URL, and with a status code from 300 to 307.
    /// Words in another case, and a `Rewrite` or `Redirect` without a URL, are warnings; a rule without
    /// `match`, such as the "Static Files" of Microsoft's article about Python, is a note.
    ///
    /// ## Why it matters
    /// IIS answers every request with "HTTP Error 500.19 - Internal Server Error", or with "HTTP Error 500.50 -
    /// URL Rewrite Module Error".
    ///
    /// ## Example
    /// ```xml
    /// <rule name="Python" stopProcessing="yes">
    ///   <match url="(.*)" />
    ///   <action type="Rewritten" url="handler.fcgi/{R:1}" />
    /// </rule>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <rule name="Python" stopProcessing="true">
    ///   <match url="(.*)" />
    ///   <action type="Rewrite" url="handler.fcgi/{R:1}" />
    /// </rule>
    /// ```
    ///
    /// ## Fix
    /// Writes the known word that is nearest, another name for the second rule, `(.*)` for a URL that is
    /// missing, or takes the blanks away. Please review the name and the URL.
    ///
    /// ## References
    /// - Microsoft, "rewrite_schema.xml", section `system.webServer/rewrite/rules`
    /// - Microsoft, "URL Rewrite Module Configuration Reference"
    "web-config/malformed-rewrite", WEB016, gallery: Error, webdeploy: Error
}

const CONSEQUENCE: &str = "IIS answers every request with error 500.19 or 500.50.";

/// Element, attribute, the words, and what is meant when none is near.
const CHOICES: &[(&str, &str, &[&str], &str)] = &[
    ("rule", "patternSyntax", &["ECMAScript", "Wildcard", "ExactMatch"], "ECMAScript"),
    ("conditions", "logicalGrouping", &["MatchAll", "MatchAny"], "MatchAll"),
    ("add", "matchType", &["Pattern", "IsFile", "IsDirectory"], "Pattern"),
    ("action", "type", &["None", "Rewrite", "Redirect", "CustomResponse", "AbortRequest"], "Rewrite"),
    ("action", "redirectType", &["Permanent", "Found", "SeeOther", "Temporary"], "Found"),
];

/// What is true or false.
const SWITCHES: &[&str] = &[
    "enabled",
    "stopProcessing",
    "ignoreCase",
    "negate",
    "trackAllCaptures",
    "appendQueryString",
    "logRewrittenUrl",
    "replace",
];

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(config) = cx.python_web_config() else { return };
    for rules in config.servers().filter_map(|server| server.find("rewrite/rules")) {
        let mut taken: Vec<&str> = Vec::new();
        for rule in rules.elements() {
            if !rule.is("rule") {
                // What was removed may come again.
                taken.clear();
                continue;
            }
            named(config, rule, &taken, out);
            taken.extend(rule.value("name"));
            matched(config, rule, out);
            acted(config, rule, out);
            words(config, rule, out);
        }
    }
}

fn named(config: &WebConfig, rule: &Element, taken: &[&str], out: &mut Vec<Diagnostic>) {
    let path = &config.source.path;
    let Some(name) = rule.attribute("name") else {
        let fix = Fix::safe("Call it `Rewrite Rule`", vec![xml::set_attribute(path, rule, "name", "Rewrite Rule")]);
        let fix = Some(fix).filter(|_| !taken.contains(&"Rewrite Rule"));
        out.push(Diagnostic {
            fixes: fix.into_iter().collect(),
            ..wrong(
                config,
                rule.name_span,
                "a rewrite rule has no `name`",
                "Give the rule a name that no other rule has.",
            )
        });
        return;
    };
    if taken.iter().any(|other| other.eq_ignore_ascii_case(&name.value)) {
        let numbered = (2..1000).map(|number| format!("{} {number}", name.value));
        let free = numbered
            .into_iter()
            .find(|other| !config.rewrites.iter().any(|own| own.name.as_ref().is_some_and(|own| own.text == *other)));
        let other = free.unwrap_or_default();
        let fix = Fix::review(
            format!("Call the second one `{other}`"),
            vec![Edit::replace(path, name.value_span, xml::escape(&other))],
        );
        let message = format!("two rewrite rules are called `{}`", name.value);
        out.push(wrong(config, name.value_span, message, "Give one of them another name.").fix(fix));
    }
}

fn matched(config: &WebConfig, rule: &Element, out: &mut Vec<Diagnostic>) {
    let path = &config.source.path;
    let found = rule.find("match");
    if found.is_none() {
        // Microsoft's own article about Python has such a rule, "Static Files", and IIS takes it.
        out.push(
            Diagnostic::new(
                Location::span(path, rule.name_span),
                "a rewrite rule has no `match`, so it does not say which paths it is for",
            )
            .help(
                "Add `<match url=\"(.*)\" />` with the paths that are meant, or take the rule out if it does nothing.",
            )
            .severity(Severity::Note),
        );
        return;
    }
    let url = found.and_then(|found| found.attribute("url"));
    if url.is_some_and(|url| !url.value.is_empty()) {
        return;
    }
    let span = url.map_or(found.map_or(rule.name_span, |found| found.name_span), |url| widened(url.value_span));
    let fixes =
        found.map(|found| Fix::review("Match every path", vec![xml::set_attribute(path, found, "url", "(.*)")]));
    let diagnostic = wrong(
        config,
        span,
        "a rewrite rule does not say which paths it is for",
        "Add `<match url=\"(.*)\" />` with the paths that are meant.",
    );
    out.push(Diagnostic { fixes: fixes.into_iter().collect(), ..diagnostic });
}

fn acted(config: &WebConfig, rule: &Element, out: &mut Vec<Diagnostic>) {
    let path = &config.source.path;
    let Some(action) = rule.find("action") else { return };
    if let Some(url) = action.attribute("url")
        && url.value.trim() != url.value
    {
        let fix =
            Fix::safe("Take the blanks away", vec![Edit::replace(path, url.value_span, xml::escape(url.value.trim()))]);
        out.push(
            wrong(config, url.value_span, "there are blanks around the URL of a rewrite rule", "Take the blanks away.")
                .fix(fix),
        );
    }
    let kind = action.value("type").unwrap_or("None");
    if matches!(kind, "Rewrite" | "Redirect") && action.value("url").is_none_or(|url| url.trim().is_empty()) {
        let message = format!("the action `{kind}` has no `url`");
        out.push(wrong(config, action.name_span, message, "Say where the rule leads to.").severity(Severity::Warning));
    }
    let code = action.attribute("statusCode");
    if let Some(code) = code.filter(|code| code.value.parse::<u32>().is_ok_and(|code| (300..=307).contains(&code))) {
        let message = format!("`statusCode` is `{}`, which is for redirects", code.value);
        out.push(wrong(config, code.value_span, message, "Use the action `Redirect` with `redirectType`."));
    }
}

/// Words that the module does not know, in the rule and below it.
fn words(config: &WebConfig, element: &Element, out: &mut Vec<Diagnostic>) {
    let path = &config.source.path;
    for attribute in &element.attributes {
        let value = Value::from(attribute);
        let choice = CHOICES.iter().find(|(of, name, ..)| element.is(of) && attribute.name == *name);
        if let Some((_, name, known, otherwise)) = choice {
            out.extend(unknown_choice(path, name, &value, known, otherwise));
        } else if SWITCHES.contains(&attribute.name.as_str())
            && !["true", "false"].iter().any(|word| word.eq_ignore_ascii_case(&value.text))
        {
            let meant = if matches!(value.text.as_str(), "no" | "0" | "off") { "false" } else { "true" };
            out.extend(unknown_choice(path, &attribute.name, &value, &["true", "false"], meant));
        }
    }
    for child in element.elements() {
        words(config, child, out);
    }
}

fn wrong(config: &WebConfig, span: crate::text::Span, message: impl Into<String>, help: &str) -> Diagnostic {
    Diagnostic::new(Location::span(&config.source.path, span), message).consequence(CONSEQUENCE).help(help)
}
