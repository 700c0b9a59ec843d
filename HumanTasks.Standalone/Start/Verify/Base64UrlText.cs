using System.Buffers;
using System.Buffers.Text;

namespace HumanTasks.Standalone.Start.Verify;

/// <summary>
/// Strict base64url (RFC 7515): no padding, no white space, and only the canonical text for the bytes.
/// </summary>
internal static class Base64UrlText
{
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Returns the bytes, or null when the text is not strict base64url.</summary>
    public static byte[]? Decode(string? text)
    {
        if (text is null || text.Length % 4 == 1 || text.AsSpan().ContainsAnyExcept(Alphabet))
        {
            return null;
        }

        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return Base64Url.DecodeFromChars(text, bytes, out _, out var written) == OperationStatus.Done
            && Base64Url.EncodeToString(bytes.AsSpan(0, written)) == text // unused bits must be zero
                ? bytes[..written]
                : null;
    }
}
