using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;

namespace HumanTasks.Core.Forms;

/// <summary>An uploaded file in submitted values. Its bytes are in the file store.</summary>
/// <param name="FileId">The ID in the file store.</param>
/// <param name="Name">The name from the person's device, without a path, up to 200 characters.</param>
/// <param name="ContentType">The type detected from its first bytes, not the type that the sender claimed.</param>
/// <param name="Size">The size in bytes.</param>
/// <param name="Sha256">The SHA-256 hash in lower-case hexadecimal.</param>
public sealed record FileValue(string FileId, string Name, string ContentType, long Size, string Sha256)
{
    public JsonObject ToJson() => new()
    {
        ["fileId"] = FileId,
        ["name"] = Name,
        ["contentType"] = ContentType,
        ["size"] = Size,
        ["sha256"] = Sha256,
    };

    /// <summary>Returns the file that a submitted value describes, or null if it does not describe one.</summary>
    public static FileValue? TryRead(JsonNode? node) =>
        node is JsonObject file
        && JsonValues.TryText(file["fileId"], out var id) && Ids.IsId(id)
        && JsonValues.TryText(file["name"], out var name) && IsName(name)
        && JsonValues.TryText(file["contentType"], out var contentType)
        && JsonValues.TryNumber(file["size"], out var size) && size is >= 0 and <= long.MaxValue
        && JsonValues.TryText(file["sha256"], out var hash)
            ? new FileValue(id, name, contentType, (long)size, hash)
            : null;

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 200 && !name.Any(character => character is '/' or '\\' || char.IsControl(character));

    public bool IsAcceptedBy(Field.File field) =>
        field.Accept.Count == 0 || field.Accept.Any(entry =>
            entry[0] == '.' ? Name.EndsWith(entry, StringComparison.OrdinalIgnoreCase)
                || (FileContent.ExtensionOf(Name).Length == 0 && FileContent.Is(ContentType, entry))
            : entry.EndsWith("/*", StringComparison.Ordinal) ? ContentType.StartsWith(entry[..^1], StringComparison.Ordinal)
            : ContentType == entry);
}
