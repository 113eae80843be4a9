//! Tokens that services make, each told by how it begins and by what it is made of: a table.

use super::{Kind, Secret, guard};
use crate::text::Span;

/// A kind of token.
struct Token {
    /// How each of them begins.
    prefix: &'static str,
    body: Body,
    /// How many characters follow, at least and at most.
    length: (usize, usize),
    /// Whose it is.
    service: &'static str,
}

/// What a token is made of behind its beginning.
#[derive(Clone, Copy)]
enum Body {
    Digits,
    Hexadecimal,
    /// Capital letters and digits.
    Capitals,
    /// Letters and digits.
    Alphanumeric,
    /// With `_` and `-`.
    Word,
    /// With `.` as well.
    Dotted,
}

impl Body {
    const fn takes(self, byte: u8) -> bool {
        match self {
            Self::Digits => byte.is_ascii_digit(),
            Self::Hexadecimal => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
            Self::Capitals => matches!(byte, b'A'..=b'Z' | b'0'..=b'9'),
            Self::Alphanumeric => byte.is_ascii_alphanumeric(),
            Self::Word => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'),
            Self::Dotted => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'),
        }
    }
}

const fn row(prefix: &'static str, body: Body, least: usize, most: usize, service: &'static str) -> Token {
    Token { prefix, body, length: (least, most), service }
}

use Body::{Alphanumeric, Capitals, Dotted, Hexadecimal, Word};

/// From the services' own descriptions of their tokens.
const TOKENS: &[Token] = &[
    row("AKIA", Capitals, 16, 16, "Amazon Web Services"),
    row("ASIA", Capitals, 16, 16, "Amazon Web Services"),
    row("ghp_", Alphanumeric, 36, 255, "GitHub"),
    row("gho_", Alphanumeric, 36, 255, "GitHub"),
    row("ghu_", Alphanumeric, 36, 255, "GitHub"),
    row("ghs_", Alphanumeric, 36, 255, "GitHub"),
    row("ghr_", Alphanumeric, 36, 255, "GitHub"),
    row("github_pat_", Word, 60, 255, "GitHub"),
    row("glpat-", Dotted, 20, 300, "GitLab"),
    row("gldt-", Word, 20, 60, "GitLab"),
    row("glrt-", Dotted, 20, 300, "GitLab"),
    row("xoxb-", Word, 20, 200, "Slack"),
    row("xoxp-", Word, 20, 200, "Slack"),
    row("xoxa-", Word, 20, 200, "Slack"),
    row("xoxs-", Word, 20, 200, "Slack"),
    row("xapp-", Word, 20, 200, "Slack"),
    row("sk_live_", Alphanumeric, 16, 250, "Stripe"),
    row("rk_live_", Alphanumeric, 16, 250, "Stripe"),
    row("sk_test_", Alphanumeric, 24, 250, "Stripe"),
    row("whsec_", Alphanumeric, 32, 64, "Stripe"),
    row("SG.", Dotted, 60, 80, "SendGrid"),
    row("SK", Hexadecimal, 32, 32, "Twilio"),
    row("npm_", Alphanumeric, 36, 36, "npm"),
    row("pypi-", Word, 80, 500, "PyPI"),
    row("AIza", Word, 35, 35, "Google"),
    row("GOCSPX-", Word, 28, 28, "Google"),
    row("sk-ant-", Word, 40, 200, "Anthropic"),
    row("sk-proj-", Word, 40, 250, "OpenAI"),
    row("hf_", Alphanumeric, 34, 40, "Hugging Face"),
    row("dop_v1_", Hexadecimal, 64, 64, "DigitalOcean"),
    row("shpat_", Hexadecimal, 32, 32, "Shopify"),
    row("shpss_", Hexadecimal, 32, 32, "Shopify"),
    row("key-", Hexadecimal, 32, 32, "Mailgun"),
    row("sq0csp-", Word, 43, 43, "Square"),
    row("dapi", Hexadecimal, 32, 34, "Databricks"),
    row("glsa_", Word, 41, 60, "Grafana"),
    row("hvs.", Word, 24, 200, "HashiCorp Vault"),
    row("PMAK-", Word, 59, 64, "Postman"),
    row("NRAK-", Capitals, 27, 27, "New Relic"),
    row("lin_api_", Alphanumeric, 40, 40, "Linear"),
    row("dckr_pat_", Word, 27, 40, "Docker"),
    row("rubygems_", Hexadecimal, 48, 48, "RubyGems"),
    row("sbp_", Hexadecimal, 40, 40, "Supabase"),
    row("ATATT3", Word, 100, 300, "Atlassian"),
    row("sntrys_", Word, 60, 400, "Sentry"),
];

/// How many characters of a token are shown at most.
const SHOWN: usize = 4;

/// The token that begins at the beginning of a word.
pub(super) fn at(text: &str, at: usize) -> Option<Secret> {
    let rest = text.get(at..)?;
    let first = rest.as_bytes().first()?;
    if *first == b'e' && rest.starts_with("eyJ") {
        return json_web_token(rest, at);
    }
    if first.is_ascii_digit() {
        return telegram(rest, at);
    }
    let token = TOKENS.iter().find(|token| {
        token.prefix.as_bytes().first() == Some(first) && rest.starts_with(token.prefix) && token.fits(rest)
    })?;
    let length = token.prefix.len() + token.body_length(rest);
    Some(secret(at, token.prefix.len().min(SHOWN), length, token.service))
}

impl Token {
    fn body_length(&self, rest: &str) -> usize {
        let body = rest.bytes().skip(self.prefix.len());
        body.take(self.length.1 + 1).take_while(|byte| self.body.takes(*byte)).count()
    }

    fn fits(&self, rest: &str) -> bool {
        let length = self.body_length(rest);
        let body = rest.get(self.prefix.len()..self.prefix.len() + length).unwrap_or("");
        let ends = rest.as_bytes().get(self.prefix.len() + length).is_none_or(|byte| !super::is_word(*byte));
        (self.length.0..=self.length.1).contains(&length)
            && ends
            && guard::entropy(body) >= 3.0
            && body.bytes().any(|byte| byte.is_ascii_digit())
            && !guard::is_placeholder(body)
    }
}

/// Three parts in base64 with dots between them, the first two JSON.
fn json_web_token(rest: &str, at: usize) -> Option<Secret> {
    let length = rest.bytes().take(4_096).take_while(|byte| Body::Dotted.takes(*byte)).count();
    let token = rest.get(..length)?;
    let parts: Vec<&str> = token.split('.').collect();
    let [head, claims, signature] = parts.as_slice() else { return None };
    // The claims of the example that documentation repeats.
    let is_example = claims.starts_with("eyJzdWIiOiIxMjM0NTY3ODkw") || claims.starts_with("eyJzb21lIjoicGF5bG9hZCJ9");
    let fits = head.len() >= 16 && claims.starts_with("eyJ") && claims.len() >= 16 && signature.len() >= 32;
    (fits && !is_example).then(|| secret(at, SHOWN, length, "JSON Web Token"))
}

/// `110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw`
fn telegram(rest: &str, at: usize) -> Option<Secret> {
    let digits = rest.bytes().take(12).take_while(|byte| Body::Digits.takes(*byte)).count();
    let body = rest.get(digits..)?.strip_prefix(":AA")?;
    let length = body.bytes().take(40).take_while(|byte| Body::Word.takes(*byte)).count();
    let random = body.get(..length).is_some_and(|body| guard::is_random(body) && !guard::is_placeholder(body));
    let fits = (8..=10).contains(&digits) && (32..=33).contains(&length) && random;
    fits.then(|| secret(at, SHOWN, digits + 3 + length, "Telegram"))
}

/// What comes behind the beginning is not shown.
const fn secret(at: usize, shown: usize, length: usize, service: &'static str) -> Secret {
    Secret { span: Span::new(at + shown, at + length), kind: Kind::Token(service), name: None }
}
