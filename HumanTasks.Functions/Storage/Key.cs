using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HumanTasks.Core;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// Partition and row keys. They are parts without dots, joined by dots, so that every list is one range of keys. Tables
/// forbid <c>/ \ # ?</c>, control characters and keys beyond 1 KiB, so text that is not plain is replaced by a hash.
/// What is returned is always read from the record.
/// </summary>
internal static class Key
{
    private const int MaxPlainLength = 64;
    private const char Hashed = '~';

    /// <summary>Returns a text as one part of a key. Different texts give different parts.</summary>
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

    /// <summary>Returns whether a part of a key is the text itself rather than its hash.</summary>
    public static bool IsText(string part) => !part.StartsWith(Hashed);

    public static string Join(params ReadOnlySpan<string> parts) => string.Join('.', parts);

    /// <summary>Returns the first possible key that continues another one with more parts.</summary>
    public static string Under(string key) => key + '.';

    /// <summary>Returns the first possible key after all that continue another one.</summary>
    public static string After(string key) => key + '/'; // the character that follows the dot

    /// <summary>Returns a part that sorts by a number from 0, ascending.</summary>
    public static string Ascending(long number) => number.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>Returns a part that sorts by a number from 0, descending.</summary>
    public static string Descending(long number) => Ascending(long.MaxValue - number);

    public static string Version(int version) => version.ToString("D10", CultureInfo.InvariantCulture);

    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_';
}
