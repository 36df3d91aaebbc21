// Bodies of answers, read as far as they may be long: a host may send whatever it likes.

/** A body of so many bytes at most as text; nothing of a longer one, which is not read to its end. */
export async function textOf(body, most) {
  if (!body) return "";
  const [decoder, reader] = [new TextDecoder(), body.getReader()];
  let [text, bytes] = ["", 0];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.length;
    if (bytes > most) return void (await reader.cancel());
    text += decoder.decode(value, { stream: true });
  }
}
