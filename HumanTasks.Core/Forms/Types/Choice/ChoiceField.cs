using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;

namespace HumanTasks.Core.Forms;

public abstract partial record Field
{
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
}
