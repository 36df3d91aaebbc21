//! Bytes that nobody can guess.

/// Sixteen of them; of a browser that has none to give, ones that are merely unlike others.
pub fn bytes() -> [u8; 16] {
    let mut bytes = [0_u8; 16];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    let filled = crypto.map(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if filled != Some(true) {
        bytes.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
    }
    bytes
}
