//! The characters of an entry name that is not marked as UTF-8.

/// 0x80 to 0xFF of code page 437, the DOS set that the ZIP format names.
const UPPER: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
                     └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// Every byte has a character, so nothing is lost.
pub(super) fn decode(bytes: &[u8]) -> String {
    if bytes.is_ascii() {
        return String::from_utf8_lossy(bytes).into_owned(); // as nearly every name is
    }
    bytes.iter().map(|&byte| character(byte)).collect()
}

fn character(byte: u8) -> char {
    let upper = byte.checked_sub(0x80).and_then(|index| UPPER.chars().nth(usize::from(index)));
    upper.unwrap_or_else(|| char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_every_byte() {
        assert_eq!(UPPER.chars().count(), 128);
        assert_eq!(decode(b"caf\x82 \x80\xe1\xff"), "café Çß\u{a0}");
    }
}
