using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.RuleSets;

/// <summary>A part of the context shown beside the form.</summary>
/// <param name="Path">The context path; <c>*</c> is the whole context.</param>
/// <param name="Label">The label; null uses the words of the key.</param>
/// <param name="Format">
/// The format: <c>number</c>, <c>percent</c>, <c>date</c>, <c>dateTime</c>, <c>text</c> or <c>currency:EUR</c> with an
/// ISO 4217 code. Null formats by value.
/// </param>
public sealed record ShownPath(string Path, string? Label = null, string? Format = null)
{
    /// <summary>The path that stands for the whole context.</summary>
    public const string All = "*";

    private const int MaxPaths = 100;

    private static readonly TextMember PathMember = new("path", ContextPath.MaxLength) { Required = true, Says = "Such as invoice.number; * is the whole context." };
    private static readonly TextMember LabelMember = new("label", 200) { Says = "What it is called; its key in words without it." };
    private static readonly TextMember FormatMember = new("format", 40) { Says = "number, percent, date, dateTime, text or currency:EUR." };

    private static readonly Shape Shape = new("ShownPath", PathMember, LabelMember, FormatMember);

    internal static readonly ListMember ShowMember = new("show", MaxPaths, static definitions => new JsonObject
    {
        ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "string", ["maxLength"] = ContextPath.MaxLength }, definitions.Of(Shape)),
    })
    {
        Says = "What of the context the person sees beside the form; [\"*\"] is all of it.",
    };

    /// <summary>Returns a copy of the context that contains only the shown paths.</summary>
    public static JsonObject Take(JsonObject context, IReadOnlyList<ShownPath>? show)
    {
        var shown = new JsonObject();
        foreach (var entry in show ?? [])
        {
            if (entry.Path == All)
            {
                return context.DeepClone().AsObject();
            }

            if (ContextPath.TryParse(entry.Path) is { } path && path.TryFind(context, out var value))
            {
                path.Put(shown, value?.DeepClone());
            }
        }

        return shown;
    }

    internal static IReadOnlyList<ShownPath>? ReadAll(ObjectReader members) =>
        members.Any(ShowMember) is null
            ? null
            : [.. members.Array(ShowMember).Select(item => Read(item.Element, item.Pointer, members.Problems)).OfType<ShownPath>()];

    /// <summary>Reads a list of plain paths.</summary>
    internal static IReadOnlyList<ShownPath> ReadPaths(ObjectReader members, TextsMember member) =>
        [.. members.TextsAt(member)
            .Select(item => Checked(new ShownPath(item.Text), item.Pointer, members.Problems))
            .OfType<ShownPath>()];

    private static ShownPath? Read(JsonElement element, string pointer, Problems problems)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            return Checked(new ShownPath(element.GetString()!), pointer, problems);
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            problems.AddShape(pointer, "This must be a path, or an object with path, label and format.");
            return null;
        }

        if (ObjectReader.Open(element, pointer, problems) is not { } reader)
        {
            return null;
        }

        var shown = new ShownPath(
            reader.RequiredText(PathMember), reader.Text(LabelMember), reader.Text(FormatMember));
        reader.Finish(Shape);
        if (shown.Format is { } format && !ValueFormat.IsKnown(format))
        {
            reader.Refuse(FormatMember, $"'{format}' is not one of: {ValueFormat.Choices}.");
        }

        return Checked(shown, reader.At(PathMember), problems);
    }

    private static ShownPath? Checked(ShownPath shown, string pointer, Problems problems)
    {
        if (shown.Path == All || ContextPath.TryParse(shown.Path) is not null)
        {
            return shown;
        }

        problems.Add(pointer, $"'{shown.Path}' is not a path such as invoice.number.");
        return null;
    }
}
