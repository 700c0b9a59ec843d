using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.Forms;

public abstract partial record Field
{
    public sealed record Boolean : Field
    {
        public override string Type => "boolean";

        /// <summary>Whether only yes is accepted, as for a consent. The field is then required.</summary>
        public bool MustBeTrue { get; init; }

        /// <summary>
        /// Whether the field is a checkbox, which is answered as it stands, rather than a choice of yes and no.
        /// </summary>
        public bool IsBox => MustBeTrue || !Required;

        internal static Boolean Read(FieldReader reader) => new()
        {
            Name = reader.Name,
            Label = reader.Name,
            MustBeTrue = reader.Members.Flag("mustBeTrue") ?? false,
        };

        internal static JsonObject Members() => new()
        {
            ["mustBeTrue"] = FormSchema.OfType("boolean", ("description", "Whether only yes is an answer, as to a consent.")),
        };

        internal override JsonNode Example() => true;

        internal override string Missing() => MustBeTrue ? FormTexts.Get("MustBeTrue", Label) : base.Missing();

        internal override (JsonNode? Value, string? Problem) Check(JsonNode given, long maxFileBytes) =>
            given.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False) ? Wrong("NotABoolean")
            : MustBeTrue && given.GetValueKind() == JsonValueKind.False ? Wrong("MustBeTrue")
            : (given.DeepClone(), null);

        internal override JsonObject Schema() => MustBeTrue ? FormSchema.OfType("boolean", ("const", true)) : FormSchema.OfType("boolean");
    }

    public sealed record Choice : Field
    {
        private const int MostRows = 5;

        public override string Type => "choice";

        public required IReadOnlyList<Option> Options { get; init; }

        /// <summary>The display. Default: radio buttons for up to five options, a dropdown for more.</summary>
        public ChoiceDisplay Display { get; init; }

        internal static Choice Read(FieldReader reader)
        {
            var options = Option.ReadAll(reader.Members, reader.Language);
            var usual = options.Count <= MostRows ? "radio" : "dropdown";
            return new Choice
            {
                Name = reader.Name,
                Label = reader.Name,
                Options = options,
                Display = Enum.Parse<ChoiceDisplay>(
                    reader.Members.OneOf("display", usual, "dropdown", "radio", "buttons"), ignoreCase: true),
            };
        }

        internal static JsonObject Members() => new()
        {
            ["options"] = Option.Schema(),
            ["display"] = FormSchema.OfType("string", ("enum", new JsonArray("dropdown", "radio", "buttons"))),
        };

        internal override JsonNode Example() => Options[0].Value;

        internal override string Missing() => FormTexts.Get("ChooseOne", Label);

        internal override (JsonNode? Value, string? Problem) Check(JsonNode given, long maxFileBytes) =>
            JsonValues.TryText(given, out var value) && Options.Any(option => option.Value == value)
                ? (given.DeepClone(), null)
                : Wrong("NotAnOption");

        internal override JsonObject Schema() => FormSchema.OfOptions(Options);
    }

    public sealed record MultiChoice : Field
    {
        public override string Type => "multiChoice";

        public required IReadOnlyList<Option> Options { get; init; }

        /// <summary>
        /// The minimum number of selected options. An empty selection is checked by <see cref="Field.Required"/> alone.
        /// </summary>
        public int? MinItems { get; init; }

        /// <summary>The maximum number of selected options.</summary>
        public int? MaxItems { get; init; }

        internal static MultiChoice Read(FieldReader reader)
        {
            var members = reader.Members;
            var field = new MultiChoice
            {
                Name = reader.Name,
                Label = reader.Name,
                Options = Option.ReadAll(members, reader.Language),
                MinItems = members.Integer("minItems", 0, FormReader.MaxOptions),
                MaxItems = members.Integer("maxItems", 1, FormReader.MaxOptions),
            };
            if (field.MinItems > field.MaxItems)
            {
                members.Refuse("minItems", "'minItems' is above 'maxItems'.");
            }

            if (field.MinItems > field.Options.Count)
            {
                members.Refuse("minItems", "'minItems' is above the number of options.");
            }

            return field;
        }

        internal static JsonObject Members() => new()
        {
            ["options"] = Option.Schema(),
            ["minItems"] = FormSchema.OfType("integer", ("minimum", 0), ("maximum", FormReader.MaxOptions)),
            ["maxItems"] = FormSchema.OfType("integer", ("minimum", 1), ("maximum", FormReader.MaxOptions)),
        };

        internal override JsonNode Example() =>
            new JsonArray([.. Options.Take(Math.Max(MinItems ?? 1, 1)).Select(option => JsonValue.Create(option.Value))]);

        internal override string Missing() => FormTexts.Get("ChooseOne", Label);

        internal override (JsonNode? Value, string? Problem) Check(JsonNode given, long maxFileBytes)
        {
            if (given is not JsonArray list)
            {
                return Wrong("NotAList");
            }

            HashSet<string> seen = new(StringComparer.Ordinal);
            foreach (var item in list)
            {
                if (!JsonValues.TryText(item, out var value) || Options.All(option => option.Value != value))
                {
                    return Wrong("NotAnOption");
                }

                if (!seen.Add(value))
                {
                    return Wrong("Twice");
                }
            }

            return list.Count < MinItems ? (null, FormTexts.Count("TooFewOptions", Label, MinItems.Value))
                : list.Count > MaxItems ? (null, FormTexts.Count("TooManyOptions", Label, MaxItems.Value))
                : (list.DeepClone(), null);
        }

        internal override JsonObject Schema()
        {
            var schema = FormSchema.OfType(
                "array", ("items", FormSchema.OfOptions(Options)), ("uniqueItems", true), ("minItems", Required ? Math.Max(1, MinItems ?? 0) : 0));
            if (MaxItems is { } most)
            {
                schema["maxItems"] = most;
            }

            if (!Required && MinItems > 1)
            {
                schema["anyOf"] = new JsonArray(new JsonObject { ["maxItems"] = 0 }, new JsonObject { ["minItems"] = MinItems });
            }

            return schema;
        }
    }
}

public sealed record Option(string Value, string Label)
{
    /// <summary>
    /// Returns the value of the option that a posted text stands for. Browsers send line breaks as CRLF and remove them
    /// from single-line values. A text that matches no option, or several, is returned unchanged.
    /// </summary>
    public static string Meant(IReadOnlyList<Option> options, string sent) =>
        options.Any(option => option.Value == sent) ? sent
        : Only(options, option => LineBreaks.AreSame(option.Value, sent))
            ?? Only(options, option => LineBreaks.Without(option.Value) == sent)
            ?? sent;

    private static string? Only(IReadOnlyList<Option> options, Func<Option, bool> means) =>
        options.Where(means).Take(2).ToArray() is [var only] ? only.Value : null;

    internal static JsonObject Schema() => FormSchema.OfType(
        "array",
        ("minItems", 1),
        ("maxItems", FormReader.MaxOptions),
        ("items", FormSchema.OfMembers(
            new JsonObject { ["value"] = FormSchema.OfType("string"), ["label"] = FormSchema.OfType("string") }, "value")));

    internal static List<Option> ReadAll(ObjectReader field, string language)
    {
        List<Option> options = [];
        HashSet<string> values = new(StringComparer.Ordinal);
        var items = field.Array("options", FormReader.MaxOptions);
        if (field.Any("options") is null || field.IsEmptyList("options"))
        {
            field.Refuse("options", "At least one option is required.");
        }

        foreach (var (item, at) in items)
        {
            if (ObjectReader.Open(item, at, field.Problems) is not { } members)
            {
                continue;
            }

            var value = members.RequiredText("value", 200);
            var isNew = field.Problems is { Stored: false, Resolved: false };
            if (!values.Add(isNew ? LineBreaks.Of(value) : value) && value.Length > 0)
            {
                members.Refuse("value", $"There are two options with the value '{value}'.");
            }

            options.Add(new Option(value, members.LocalText("label", language, 500) ?? value));
            members.Finish();
        }

        return options;
    }
}

public enum ChoiceDisplay
{
    Dropdown,
    Radio,
    Buttons,
}
