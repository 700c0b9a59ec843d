using System.Text.Json;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.Reading;

/// <summary>Reads members by what describes them, so that a name or a limit stands in one place.</summary>
public static class MemberReading
{
    /// <summary>The member as it is, or null when it is absent or null.</summary>
    public static JsonElement? Any(this ObjectReader reader, Member member) => reader.Any(member.Name);

    /// <summary>The text; empty with a problem noted where it is required and absent.</summary>
    public static string? Text(this ObjectReader reader, TextMember member) =>
        member.Required ? reader.RequiredText(member.Name, member.MaxLength) : reader.Text(member.Name, member.MaxLength);

    /// <inheritdoc cref="Text"/>
    public static string RequiredText(this ObjectReader reader, TextMember member) => reader.RequiredText(member.Name, member.MaxLength);

    public static SpokenText? LocalText(this ObjectReader reader, TextMember member, string language) =>
        reader.LocalText(member.Name, language, member.MaxLength);

    public static bool? Flag(this ObjectReader reader, FlagMember member) => reader.Flag(member.Name);

    public static decimal? Decimal(this ObjectReader reader, NumberMember member) => reader.Decimal(member.Name);

    public static double? Hours(this ObjectReader reader, HoursMember member) => reader.Hours(member.Name, member.Max);

    public static int? Integer(this ObjectReader reader, IntegerMember member) => reader.Integer(member.Name, member.Min, member.Max);

    public static ObjectReader? Object(this ObjectReader reader, ObjectMember member) =>
        member.Required ? reader.RequiredObject(member.Name) : reader.Object(member.Name);

    public static IReadOnlyList<(JsonElement Element, string Pointer)> Array(this ObjectReader reader, ListMember member) =>
        reader.Array(member.Name, member.MaxCount);

    public static IReadOnlyList<string> Texts(this ObjectReader reader, TextsMember member) =>
        reader.Texts(member.Name, member.MaxCount, member.MaxLength);

    public static IReadOnlyList<(string Text, string Pointer)> TextsAt(this ObjectReader reader, TextsMember member) =>
        reader.TextsAt(member.Name, member.MaxCount, member.MaxLength);

    public static IReadOnlyList<(string Text, string Pointer)> OneOrMore(this ObjectReader reader, TextsMember member, bool orEmpty = false) =>
        reader.OneOrMore(member.Name, member.MaxCount, member.MaxLength, orEmpty);

    public static bool IsEmptyList(this ObjectReader reader, Member member) => reader.IsEmptyList(member.Name);

    /// <summary>One of the member's words, or the first of them when it is absent.</summary>
    public static string OneOf(this ObjectReader reader, WordMember member) =>
        reader.OneOf(member.Name, member.Words[0], [.. member.Words]);

    public static string At(this ObjectReader reader, Member member) => reader.At(member.Name);

    public static void Refuse(this ObjectReader reader, Member member, string message) => reader.Refuse(member.Name, message);

    /// <summary>Notes a problem for every member that is not of the shape.</summary>
    public static void Finish(this ObjectReader reader, Shape shape)
    {
        foreach (var member in reader.Element.EnumerateObject())
        {
            if (!shape.Has(member.Name))
            {
                reader.Problems.AddShape(reader.At(member.Name), $"Unknown member '{member.Name}'.");
            }
        }
    }
}
