using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HumanTasks.Core;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// Partition and row keys. They are made of parts that hold no dot, joined by dots, so that every list is one range of
/// keys. Tables forbid <c>/ \ # ?</c> and control characters and keys beyond 1 KiB: text that is not plain is replaced
/// by a hash, and what comes back is always read from the record.
/// </summary>
internal static class Key
{
    private const int MaxPlainLength = 64;
    private const char Hashed = '~';

    /// <summary>A text as one part of a key: the same for the same text only.</summary>
    public static string Of(string text)
    {
        if (text.Length is > 0 and <= MaxPlainLength && text.All(IsPlain))
        {
            return text;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return Hashed + Ids.Encode(hash[..Ids.ByteLength]);
    }

    /// <summary>Whether a part of a key is the text itself, and not its hash.</summary>
    public static bool IsText(string part) => !part.StartsWith(Hashed);

    public static string Join(params ReadOnlySpan<string> parts) => string.Join('.', parts);

    /// <summary>The first key that can begin with the parts of another one and go on.</summary>
    public static string Under(string key) => key + '.';

    /// <summary>The first key after all that begin with the parts of another one.</summary>
    public static string After(string key) => key + '/'; // the character that follows the dot

    /// <summary>Sorts by a number from 0.</summary>
    public static string Ascending(long number) => number.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>Sorts by a number from 0, the highest first.</summary>
    public static string Descending(long number) => Ascending(long.MaxValue - number);

    public static string Version(int version) => version.ToString("D10", CultureInfo.InvariantCulture);

    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_';
}
