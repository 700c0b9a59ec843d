using HumanTasks.Core.Reading;

namespace HumanTasks.Core.Forms;

/// <summary>The members of one field, for the reader of its type.</summary>
/// <param name="Members">The members of the field's JSON object.</param>
/// <param name="Type">The type as written.</param>
/// <param name="Name">The name as written, used as the label until that is read.</param>
/// <param name="Zone">The time zone of moments without an offset.</param>
/// <param name="Language">The language of texts given in several languages.</param>
internal sealed record FieldReader(ObjectReader Members, string Type, string Name, TimeZoneInfo Zone, string Language)
{
    private readonly Dictionary<string, string> languages = new(StringComparer.Ordinal);

    public string? Text(TextMember member) => Text(member.Name, member.MaxLength);

    /// <summary>Reads a text for people: one text, or one per language.</summary>
    public string? Text(string member, int maxLength)
    {
        var spoken = Members.LocalText(member, Language, maxLength);
        if (spoken?.Language is { } language)
        {
            languages[member] = language;
        }

        return spoken?.Text;
    }

    /// <summary>The languages of the texts that were read and that have several; null where none has.</summary>
    public IReadOnlyDictionary<string, string>? TextLanguages => languages.Count == 0 ? null : languages;

    public void Ordered(bool ordered)
    {
        if (!ordered)
        {
            Members.Refuse("min", "'min' must not exceed 'max'.");
        }
    }
}
