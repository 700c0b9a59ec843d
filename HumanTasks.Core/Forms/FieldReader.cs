using System.Text.Json.Nodes;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.Forms;

/// <summary>A type of field.</summary>
/// <param name="Read">Reads a definition of it.</param>
/// <param name="Members">The JSON Schema of the members that only this type has, by name.</param>
internal sealed record FieldType(Func<FieldReader, Field?> Read, Func<JsonObject> Members);

/// <summary>One field's members, for what reads its type.</summary>
/// <param name="Members">Of the field's JSON object.</param>
/// <param name="Type">As it is written there.</param>
/// <param name="Name">As it is written there; the label until there is one.</param>
/// <param name="Zone">In which moments without an offset are.</param>
/// <param name="Language">In which its texts are read, where there are several.</param>
internal sealed record FieldReader(ObjectReader Members, string Type, string Name, TimeZoneInfo Zone, string Language)
{
    /// <summary>A text that people read: one, or one for each of several languages.</summary>
    public string? Text(string member, int maxLength) => Members.LocalText(member, Language, maxLength);

    public void Ordered(bool ordered)
    {
        if (!ordered)
        {
            Members.Refuse("min", "'min' is above 'max'.");
        }
    }
}
