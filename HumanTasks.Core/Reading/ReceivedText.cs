using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HumanTasks.Core.Reading;

/// <summary>
/// Decodes received bytes as text: in the declared charset, or in UTF-8 with or without a byte order mark.
/// </summary>
public static class ReceivedText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    private static readonly EncodingProvider Others = CodePagesEncodingProvider.Instance;

    /// <summary>The message for a body that <see cref="ToWholeUtf8"/> refuses.</summary>
    public const string NotWhole =
        "The body is not valid text. Send UTF-8, or name the charset in Content-Type, without unpaired surrogates.";

    /// <summary>
    /// Does the same as <see cref="ToUtf8"/> for JSON, but also returns null for unpaired surrogates.
    /// </summary>
    public static ReadOnlyMemory<byte>? ToWholeUtf8(ReadOnlyMemory<byte> json, string? charset) =>
        ToUtf8(json, charset) is { } text && WholeText.Is(text.Span) ? text : default(ReadOnlyMemory<byte>?);

    /// <summary>
    /// Converts a text to UTF-8 without a byte order mark. Returns null if the charset is unknown or the bytes are
    /// invalid in it.
    /// </summary>
    /// <param name="bytes">The received bytes.</param>
    /// <param name="charset">
    /// The charset declared by the sender (RFC 9110, section 8.3.2), quoted or not; null for UTF-8.
    /// </param>
    public static ReadOnlyMemory<byte>? ToUtf8(ReadOnlyMemory<byte> bytes, string? charset)
    {
        if (EncodingOf(charset) is not { } encoding)
        {
            return null;
        }

        var mark = encoding.Preamble;
        var text = mark.Length > 0 && bytes.Span.StartsWith(mark) ? bytes[mark.Length..] : bytes;
        if (encoding.CodePage == Utf8.CodePage)
        {
            return System.Text.Unicode.Utf8.IsValid(text.Span) ? text : default(ReadOnlyMemory<byte>?);
        }

        try
        {
            return Utf8.GetBytes(encoding.GetString(text.Span));
        }
        catch (ArgumentException)
        {
            return null; // invalid in this charset
        }
    }

    /// <summary>
    /// Parses a body: as JSON if its type says so and it is valid, otherwise as text. Bytes that are not text become
    /// <c>{ "type", "base64" }</c>. Returns null for an empty body.
    /// </summary>
    /// <param name="bytes">The body.</param>
    /// <param name="mediaType">The media type without parameters; null if missing.</param>
    /// <param name="charset">The charset of the type; null if missing.</param>
    /// <param name="options">The strictness of reading JSON.</param>
    public static JsonNode? Parse(ReadOnlyMemory<byte> bytes, string? mediaType, string? charset, JsonDocumentOptions options)
    {
        if (bytes.IsEmpty)
        {
            return null;
        }

        if ((ToUtf8(bytes, charset) ?? ToUtf8(bytes, null)) is not { } text)
        {
            return new JsonObject
            {
                ["type"] = mediaType ?? "application/octet-stream",
                ["base64"] = Convert.ToBase64String(bytes.Span),
            };
        }

        if (text.IsEmpty)
        {
            return null;
        }

        if (IsJson(mediaType))
        {
            try
            {
                return WholeText.Is(text.Span)
                    ? JsonNode.Parse(text.Span, documentOptions: options)
                    : JsonValue.Create(Encoding.UTF8.GetString(text.Span));
            }
            catch (JsonException)
            {
                // invalid JSON is kept as text
            }
        }

        return JsonValue.Create(Encoding.UTF8.GetString(text.Span));
    }

    private static bool IsJson(string? mediaType) => mediaType is not null
        && (mediaType.EndsWith("/json", StringComparison.OrdinalIgnoreCase) || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    private static Encoding? EncodingOf(string? charset)
    {
        var name = charset?.Trim().Trim('"', '\'');
        if (string.IsNullOrEmpty(name) || name.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || name.Equals("utf8", StringComparison.OrdinalIgnoreCase))
        {
            return Utf8;
        }

        try
        {
            return Others.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
