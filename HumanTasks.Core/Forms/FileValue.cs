using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;

namespace HumanTasks.Core.Forms;

/// <summary>An uploaded file as it stands in submitted values; its bytes are in the file store.</summary>
/// <param name="FileId">Its id in the file store.</param>
/// <param name="Name">The name that the person's device gave, without a path; at most 200 characters.</param>
/// <param name="ContentType">What its first bytes say it is, not what the sender claimed.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Of its bytes, in lower-case hexadecimal.</param>
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

    /// <summary>The file that a submitted value describes, or null when it describes none.</summary>
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
