using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;

namespace HumanTasks.Core.Forms;

public abstract partial record Field
{
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
                members.Refuse("minItems", "'minItems' must not exceed 'maxItems'.");
            }

            if (field.MinItems > field.Options.Count)
            {
                members.Refuse("minItems", "'minItems' must not exceed the number of options.");
            }

            return field;
        }

        internal override AnswerShape Shape => AnswerShape.List;

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
